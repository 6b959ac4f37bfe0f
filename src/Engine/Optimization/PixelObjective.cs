using PhotoStyle.Features;
using PhotoStyle.Imaging;
using PhotoStyle.Losses;
using PhotoStyle.Matting;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Optimization;

/// <summary>The objective E of Luan et al. 2017, equation 4, as a function of pixels. Every term that has a gradient is in the value, as a line search needs.</summary>
internal sealed class PixelObjective : IDisposable
{
    // What squared differences of Gram matrices and of features amount to with VGG-19 as trained in Caffe, as medians over photos: ‖G‖²/C⁴ over relu1_1, relu2_1
    // and relu3_1 (91, 12900, 4280), and the mean square at relu3_1. Relative distances times these are in the units of the published weights.
    private const double StyleUnit = 5800, ContentUnit = 5.0e4;

    private readonly GramStyleTerm _style;
    private readonly ContentTerm? _content;
    private readonly FeatureLoss _features;
    private readonly List<(IFeatureTerm Term, double Weight)> _featureTerms = [];
    private readonly TotalVariationTerm _variation = new();
    private readonly PhotorealismTerm? _photorealism;
    private readonly PixelOptions _options;
    private readonly bool[]? _kept;
    private readonly FloatImage _output;
    private readonly FloatImage _gradient;

    /// <param name="content">The content with its masks, hard or soft.</param>
    /// <param name="style">The style with its masks.</param>
    /// <param name="styled">For each class whether it is styled; the pixels of others are not moved.</param>
    /// <param name="laplacian">Of the content; null if there is no second stage.</param>
    /// <param name="encoder">With the levels of <paramref name="layers"/>.</param>
    /// <param name="layers">Which of them serve which term.</param>
    /// <param name="options">Weights.</param>
    /// <param name="recompute">Whether features between the levels are computed twice to save memory.</param>
    public PixelObjective(
        ClassedImage content,
        ClassedImage style,
        IReadOnlyList<bool> styled,
        MattingLaplacian? laplacian,
        IFeatureEncoder encoder,
        PixelLayers layers,
        PixelOptions options,
        bool recompute)
    {
        _options = options;
        double styleUnit = encoder.InCaffeUnits ? 1 : StyleUnit, contentUnit = encoder.InCaffeUnits ? 1 : ContentUnit;
        double[] weights = [.. encoder.Levels.Select(level => styleUnit * layers.Style.FirstOrDefault(s => s.Layer == level.Name).Weight)];
        // The whole photo as one class has no borders to blur.
        bool oneClass = styled.Count == 1;
        _style = new GramStyleTerm(encoder, style.Image, style.Masks, content.Masks, new GramStyleOptions(
            weights,
            encoder.InCaffeUnits ? GramScale.Channels : GramScale.Relative,
            (masks, levels) => oneClass ? [.. levels.Select(level => MaskPyramid.Reduce(masks, level.Stride))] : MaskPyramid.Propagate(masks, levels)));
        _featureTerms.Add((_style, options.StyleWeight));
        if (layers.Content is not null)
        {
            int level = encoder.Levels.Select((l, index) => (l.Name, index)).First(l => l.Name == layers.Content).index;
            _content = new ContentTerm(encoder, content.Image, level, relative: !encoder.InCaffeUnits);
            _featureTerms.Add((_content, options.ContentWeight * contentUnit));
        }
        _features = new FeatureLoss(encoder, _featureTerms, recompute);
        if (laplacian is not null) _photorealism = new PhotorealismTerm(laplacian, perPixel: false);
        if (styled.Contains(false)) _kept = Kept(content.Masks, styled);
        _output = new FloatImage(3, content.Image.Height, content.Image.Width);
        _gradient = new FloatImage(3, content.Image.Height, content.Image.Width);
    }

    /// <summary>Whether the photorealism term counts.</summary>
    public bool IsPhotorealistic { get; set; }

    /// <summary>The terms of the latest evaluation.</summary>
    public IReadOnlyList<TermValue> Terms { get; private set; } = [];

    /// <summary>Whether a pixel belongs to a class that stays as it is.</summary>
    public bool IsKept(int pixel) => _kept is not null && _kept[pixel];

    /// <summary>Computes value and gradient.</summary>
    /// <param name="x">The picture, 3×H×W colours in [0, 1].</param>
    /// <param name="gradient">Receives ∂E/∂x.</param>
    public double Evaluate(ReadOnlySpan<double> x, Span<double> gradient)
    {
        for (int i = 0; i < x.Length; i++) _output.Data[i] = (float)x[i];
        Array.Clear(_gradient.Data);

        var terms = new List<TermValue>();
        double[] values = _features.Evaluate(_output, _gradient);
        for (int i = 0; i < values.Length; i++) terms.Add(new TermValue(_featureTerms[i].Term.Name, values[i], _featureTerms[i].Weight));
        Add(_variation, _options.TotalVariationWeight);
        if (IsPhotorealistic && _photorealism is not null) Add(_photorealism, _options.PhotorealismWeight);

        for (int i = 0; i < gradient.Length; i++) gradient[i] = _gradient.Data[i];
        if (_kept is not null)
        {
            for (int i = 0; i < gradient.Length; i++)
            {
                if (_kept[i % _kept.Length]) gradient[i] = 0;
            }
        }
        Terms = terms;
        return terms.Sum(t => t.Weight * t.Value);

        void Add(IImageTerm term, double weight) => terms.Add(new TermValue(term.Name, term.Evaluate(_output, _gradient, weight), weight));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _style.Dispose();
        _content?.Dispose();
    }

    private static bool[] Kept(FloatImage masks, IReadOnlyList<bool> styled)
    {
        var kept = new bool[masks.PixelCount];
        for (int k = 0; k < styled.Count; k++)
        {
            if (styled[k]) continue;
            ReadOnlySpan<float> mask = masks.Plane(k);
            for (int i = 0; i < kept.Length; i++) kept[i] |= mask[i] > 0.5f;
        }
        return kept;
    }
}
