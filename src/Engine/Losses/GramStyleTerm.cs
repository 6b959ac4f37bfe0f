using PhotoStyle.Features;
using PhotoStyle.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Losses;

/// <summary>
/// The augmented style loss (Luan et al. 2017, equation 5; Gram matrices: Gatys et al. 2016): the mean over the levels of
/// Σ_k area_k · ‖G_k(O) − G_k(S)‖² / ‖G_k(S)‖², where G_k = Σ_p m_k(p)² f(p) f(p)ᵀ / Σ_p m_k(p) over the class k.
/// Relative, so that no level or class outweighs the others by its scale; divided by <see cref="IFeatureEncoder.StyleScale"/>.
/// </summary>
public sealed class GramStyleTerm : IFeatureTerm, IDisposable
{
    // A squared norm below which a style has no features to speak of: nothing can be measured relative to it.
    private const double LeastNorm = 1e-20;

    private readonly IReadOnlyList<double> _levelWeights;
    private readonly List<MaskedRows> _rowsOfLevel = [];
    private readonly List<Tensor?[]> _targetsOfLevel = [];
    private readonly List<double[]> _scalesOfLevel = [];

    /// <summary>Computes the style's Gram matrices.</summary>
    /// <param name="encoder">The encoder whose features are compared.</param>
    /// <param name="style">The style photo, 3×H×W.</param>
    /// <param name="styleMasks">K×H×W: s_k of the style photo.</param>
    /// <param name="contentMasks">K×H'×W': m_k of the content photo; the class areas are taken from them.</param>
    public GramStyleTerm(IFeatureEncoder encoder, FloatImage style, FloatImage styleMasks, FloatImage contentMasks)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = no_grad();
        _levelWeights = [.. encoder.Levels.Select(_ => 1 / (encoder.Levels.Count * encoder.StyleScale))];
        IReadOnlyList<Tensor> features = encoder.Encode(ImageTensor.From(style, encoder.Device));
        for (int l = 0; l < features.Count; l++)
        {
            int stride = encoder.Levels[l].Stride;
            FloatImage levelMasks = MaskPyramid.Reduce(contentMasks, stride);
            var contentRows = new MaskedRows(levelMasks, encoder.Device);
            using var styleRows = new MaskedRows(MaskPyramid.Reduce(styleMasks, stride), encoder.Device);
            Tensor weighted = styleRows.Gather(features[l]);

            var targets = new Tensor?[levelMasks.Channels];
            var scales = new double[levelMasks.Channels];
            for (int k = 0; k < targets.Length; k++)
            {
                if (contentRows.ClassRows[k].Count == 0 || styleRows.ClassRows[k].Count == 0) continue;
                Tensor target = Gram(weighted, styleRows.ClassRows[k]);
                double norm = SquaredNorm(target);
                if (norm < LeastNorm) continue;
                double area = 0;
                foreach (float m in levelMasks.Plane(k)) area += m;
                scales[k] = area / levelMasks.PixelCount / norm;
                targets[k] = target.DetachFromDisposeScope();
            }
            _rowsOfLevel.Add(contentRows);
            _targetsOfLevel.Add(targets);
            _scalesOfLevel.Add(scales);
        }
    }

    /// <inheritdoc/>
    public string Name => "style";

    /// <inheritdoc/>
    public double Evaluate(IReadOnlyList<Tensor> features, Tensor?[] gradients, double weight)
    {
        double value = 0;
        for (int l = 0; l < features.Count; l++)
        {
            using DisposeScope scope = NewDisposeScope();
            MaskedRows rows = _rowsOfLevel[l];
            Tensor weighted = rows.Gather(features[l]);
            Tensor slopes = zeros_like(weighted);
            for (int k = 0; k < rows.ClassRows.Count; k++)
            {
                if (_targetsOfLevel[l][k] is not { } target) continue;
                (int start, int count) = rows.ClassRows[k];
                Tensor difference = Gram(weighted, rows.ClassRows[k]).sub_(target);
                double scale = _levelWeights[l] * _scalesOfLevel[l][k];
                value += scale * SquaredNorm(difference);
                // d/dY ‖YᵀY − T‖² = 4 Y (YᵀY − T)
                slopes.narrow(0, start, count).addmm_(weighted.narrow(0, start, count), difference.mul_(4 * weight * scale), beta: 0);
            }
            Tensor gradient = rows.Scatter(slopes, features[l].shape[2], features[l].shape[3]);
            if (gradients[l] is { } sum) sum.add_(gradient);
            else gradients[l] = gradient.MoveToOuterDisposeScope();
        }
        return value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (MaskedRows rows in _rowsOfLevel) rows.Dispose();
        foreach (Tensor? target in _targetsOfLevel.SelectMany(t => t)) target?.Dispose();
    }

    private static Tensor Gram(Tensor weighted, (int Start, int Count) rows)
    {
        using Tensor y = weighted.narrow(0, rows.Start, rows.Count);
        using Tensor transposed = y.t();
        return transposed.mm(y);
    }

    private static double SquaredNorm(Tensor matrix)
    {
        using Tensor sum = matrix.square().sum(ScalarType.Float64);
        return sum.ToDouble();
    }
}
