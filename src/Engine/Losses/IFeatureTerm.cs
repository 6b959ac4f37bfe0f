using static TorchSharp.torch;

namespace PhotoStyle.Losses;

/// <summary>A term of the objective that is a function of an encoder's features of the output image.</summary>
public interface IFeatureTerm
{
    /// <summary>The field's name of the term, shown in progress and reports.</summary>
    string Name { get; }

    /// <summary>Computes the term's value and its gradient with respect to each level's features.</summary>
    /// <param name="features">For each level 1×C×h×w.</param>
    /// <param name="gradients">For each level the sum of gradients so far, null at first; receives this term's, times <paramref name="weight"/>.</param>
    /// <param name="weight">The term's weight in the objective.</param>
    /// <returns>The value without its weight.</returns>
    double Evaluate(IReadOnlyList<Tensor> features, Tensor?[] gradients, double weight);
}
