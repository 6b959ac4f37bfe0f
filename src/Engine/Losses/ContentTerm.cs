using PhotoStyle.Features;
using PhotoStyle.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Losses;

/// <summary>
/// The content loss (Gatys et al. 2016): ‖F(O) − F(I)‖² / ‖F(I)‖² at one level of the encoder.
/// </summary>
public sealed class ContentTerm : IFeatureTerm, IDisposable
{
    // A squared norm below which the content has no features to speak of: nothing can be measured relative to it.
    private const double LeastNorm = 1e-20;

    private readonly int _level;
    private readonly Tensor _target;
    private readonly double _scale;

    /// <summary>Computes the content's features.</summary>
    /// <param name="encoder">The encoder whose features are compared.</param>
    /// <param name="content">The content photo I, 3×H×W.</param>
    /// <param name="level">Which of the encoder's levels.</param>
    public ContentTerm(IFeatureEncoder encoder, FloatImage content, int level)
    {
        _level = level;
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = no_grad();
        _target = encoder.Encode(ImageTensor.From(content, encoder.Device))[level].DetachFromDisposeScope();
        double norm = _target.square().sum(ScalarType.Float64).ToDouble();
        _scale = norm < LeastNorm ? 0 : 1 / norm;
    }

    /// <inheritdoc/>
    public string Name => "content";

    /// <inheritdoc/>
    public double Evaluate(IReadOnlyList<Tensor> features, Tensor?[] gradients, double weight)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor difference = features[_level] - _target;
        double value = _scale * difference.square().sum(ScalarType.Float64).ToDouble();
        Tensor gradient = difference.mul_(2 * weight * _scale);
        if (gradients[_level] is { } sum) sum.add_(gradient);
        else gradients[_level] = gradient.MoveToOuterDisposeScope();
        return value;
    }

    /// <inheritdoc/>
    public void Dispose() => _target.Dispose();
}
