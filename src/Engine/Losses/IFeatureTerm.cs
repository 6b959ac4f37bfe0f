using static TorchSharp.torch;

namespace PhotoStyle.Losses;

/// <summary>A term of the objective that is a function of an encoder's features of the output image.</summary>
public interface IFeatureTerm
{
    /// <summary>The field's name of the term, shown in progress and reports.</summary>
    string Name { get; }

    /// <summary>Computes one level's part of the term's value and adds its gradient with respect to that level's features.</summary>
    /// <param name="level">Index among the encoder's levels. The term's value is the sum over all of them.</param>
    /// <param name="features">1×C×h×w.</param>
    /// <param name="gradient">The sum of gradients so far, null at first; receives this term's, times <paramref name="weight"/>.</param>
    /// <param name="weight">The term's weight in the objective.</param>
    /// <returns>The value without its weight; 0 where the term does not look at the level.</returns>
    double Evaluate(int level, Tensor features, ref Tensor? gradient, double weight);
}
