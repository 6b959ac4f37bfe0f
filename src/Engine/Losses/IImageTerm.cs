using PhotoStyle.Imaging;

namespace PhotoStyle.Losses;

/// <summary>A term of the objective that is a function of the output image.</summary>
public interface IImageTerm
{
    /// <summary>The field's name of the term, shown in progress and reports.</summary>
    string Name { get; }

    /// <summary>Computes the term's value and adds its gradient.</summary>
    /// <param name="output">The output O, 3×H×W.</param>
    /// <param name="gradient">Receives, added to what it holds, <paramref name="weight"/> · ∂value/∂O.</param>
    /// <param name="weight">The term's weight in the objective.</param>
    /// <returns>The value without its weight.</returns>
    double Evaluate(FloatImage output, FloatImage gradient, double weight);
}
