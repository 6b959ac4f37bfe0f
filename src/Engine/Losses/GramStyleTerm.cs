using PhotoStyle.Features;
using PhotoStyle.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Losses;

/// <summary>
/// The augmented style loss (Luan et al. 2017, equation 5; Gram matrices: Gatys et al. 2016): the mean over the levels of
/// Σ_k area_k · ‖G_k(O) − G_k(S)‖² / ‖G_k(S)‖², where G_k = Σ_p m_k(p)² f(p) f(p)ᵀ / Σ_p m_k(p) over the class k.
/// Relative, so that no level or class outweighs the others by its scale; divided by <see cref="IFeatureEncoder.StyleScale"/>. The pixel solver weighs levels and
/// differences otherwise (<see cref="GramStyleOptions"/>).
/// </summary>
public sealed class GramStyleTerm : IFeatureTerm, IDisposable
{
    // A squared norm below which a style has no features to speak of: nothing can be measured relative to it.
    private const double LeastNorm = 1e-20;

    private readonly IReadOnlyList<double> _levelWeights;
    private readonly List<MaskedRows?> _rowsOfLevel = [];
    private readonly List<Tensor?[]> _targetsOfLevel = [];
    private readonly List<double[]> _scalesOfLevel = [];
    private readonly List<GramMetric?> _metrics = [];

    /// <summary>Computes the style's Gram matrices.</summary>
    /// <param name="encoder">The encoder whose features are compared.</param>
    /// <param name="style">The style photo, 3×H×W.</param>
    /// <param name="styleMasks">K×H×W: s_k of the style photo.</param>
    /// <param name="contentMasks">K×H'×W': m_k of the content photo; the class areas are taken from them.</param>
    public GramStyleTerm(IFeatureEncoder encoder, FloatImage style, FloatImage styleMasks, FloatImage contentMasks)
        : this(encoder, style, styleMasks, contentMasks, GramStyleOptions.Relative(encoder))
    {
    }

    internal GramStyleTerm(IFeatureEncoder encoder, FloatImage style, FloatImage styleMasks, FloatImage contentMasks, GramStyleOptions options)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = no_grad();
        _levelWeights = options.LevelWeights;
        IReadOnlyList<FloatImage> contentMasksOfLevel = options.Masks(contentMasks, encoder.Levels), styleMasksOfLevel = options.Masks(styleMasks, encoder.Levels);
        IReadOnlyList<Tensor> features = encoder.EncodeUnlifted(ImageTensor.From(style, encoder.Device));
        for (int l = 0; l < features.Count; l++)
        {
            FloatImage levelMasks = contentMasksOfLevel[l];
            var targets = new Tensor?[levelMasks.Channels];
            var scales = new double[levelMasks.Channels];
            _targetsOfLevel.Add(targets);
            _scalesOfLevel.Add(scales);
            _metrics.Add(encoder.Lift(l) is { } lift ? new GramMetric(lift) : null);
            if (_levelWeights[l] == 0)
            {
                _rowsOfLevel.Add(null);
                continue;
            }
            var contentRows = new MaskedRows(levelMasks);
            _rowsOfLevel.Add(contentRows);
            using var styleRows = new MaskedRows(styleMasksOfLevel[l]);
            Tensor[] grams = styleRows.Grams(features[l]);
            for (int k = 0; k < targets.Length; k++)
            {
                ClassRows rows = contentRows.Classes[k];
                if (rows.Count == 0 || styleRows.Classes[k].Count == 0) continue;
                using Scalar styleArea = styleRows.Classes[k].Area.ToScalar();
                Tensor target = grams[k].div_(styleArea);
                double norm = options.Scale == GramScale.Relative ? Inner(Measured(l, target), target) : Math.Pow(encoder.Levels[l].Channels, 4);
                if (norm < LeastNorm) continue;
                scales[k] = rows.Area / levelMasks.PixelCount / norm;
                targets[k] = target.DetachFromDisposeScope();
            }
        }
    }

    /// <inheritdoc/>
    public string Name => "style";

    /// <inheritdoc/>
    public double Evaluate(int level, Tensor features, ref Tensor? gradient, double weight)
    {
        if (_rowsOfLevel[level] is not { } rows) return 0;
        using DisposeScope scope = NewDisposeScope();
        double value = 0;
        Tensor[] grams = rows.Grams(features);
        var slopes = new Tensor?[grams.Length];
        for (int k = 0; k < grams.Length; k++)
        {
            if (_targetsOfLevel[level][k] is not { } target) continue;
            double area = rows.Classes[k].Area, scale = _levelWeights[level] * _scalesOfLevel[level][k];
            using Scalar divisor = area.ToScalar(), slope = (4 * weight * scale / area).ToScalar();
            Tensor difference = grams[k].div_(divisor).sub_(target), measured = Measured(level, difference);
            value += scale * Inner(measured, difference);
            // d/dY ‖YᵀY/a − T‖² = 4/a Y (YᵀY/a − T)
            slopes[k] = measured.mul_(slope).to(features.dtype);
        }
        gradient ??= zeros_like(features).MoveToOuterDisposeScope();
        rows.AddProducts(features, slopes, gradient);
        return value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor? target in _targetsOfLevel.SelectMany(t => t)) target?.Dispose();
        foreach (MaskedRows? rows in _rowsOfLevel) rows?.Dispose();
        foreach (GramMetric? metric in _metrics) metric?.Dispose();
    }

    /// <summary>A difference of Gram matrices as the level's metric sees it: its inner product with the difference is the squared norm.</summary>
    private Tensor Measured(int level, Tensor difference) => _metrics[level]?.Apply(difference) ?? difference;

    private static double Inner(Tensor first, Tensor second)
    {
        using DisposeScope scope = NewDisposeScope();
        return first.mul(second).sum(ScalarType.Float64).cpu().item<double>();
    }
}
