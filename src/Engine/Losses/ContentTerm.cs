using PhotoStyle.Features;
using PhotoStyle.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Losses;

/// <summary>The content loss (Gatys et al. 2016): the squared difference of the features of output and content at one level of the encoder, over their squared norm or their number.</summary>
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
    /// <param name="relative">Whether to divide by ‖F(I)‖², which makes a weight mean the same for all photos and encoders, or by the number of features, as the published code does.</param>
    public ContentTerm(IFeatureEncoder encoder, FloatImage content, int level, bool relative = true)
    {
        _level = level;
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = no_grad();
        _target = encoder.EncodeUnlifted(ImageTensor.From(content, encoder.Device))[level].DetachFromDisposeScope();
        double norm = relative ? _target.square().sum(ScalarType.Float64).cpu().item<double>() : _target.numel();
        _scale = norm < LeastNorm ? 0 : 1 / norm;
    }

    /// <inheritdoc/>
    public string Name => "content";

    /// <inheritdoc/>
    public double Evaluate(int level, Tensor features, ref Tensor? gradient, double weight)
    {
        if (level != _level) return 0;
        using DisposeScope scope = NewDisposeScope();
        Tensor difference = features - _target;
        double value = _scale * difference.square().sum(ScalarType.Float64).cpu().item<double>();
        using Scalar slope = (2 * weight * _scale).ToScalar();
        difference.mul_(slope);
        if (gradient is { } sum) sum.add_(difference);
        else gradient = difference.MoveToOuterDisposeScope();
        return value;
    }

    /// <inheritdoc/>
    public void Dispose() => _target.Dispose();
}
