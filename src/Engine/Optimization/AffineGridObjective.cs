using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Losses;
using PhotoStyle.Matting;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Optimization;

/// <summary>
/// The objective E of Luan et al. 2017, equation 4, as a function of affine grids instead of pixels: slice the grids to the output image, add up the terms,
/// carry their gradients back. Every term that has a gradient is in the value, as a line search needs.
/// </summary>
internal sealed class AffineGridObjective : IDisposable
{
    private readonly GridSlicing _slicing;
    private readonly GridShape _shape;
    private readonly IReadOnlyList<bool> _styled;
    private readonly GramStyleTerm _style;
    private readonly ContentTerm? _content;
    private readonly FeatureLoss _features;
    private readonly List<(IFeatureTerm Term, double Weight)> _featureTerms = [];
    private readonly List<(IImageTerm Term, double Weight)> _imageTerms = [];
    private readonly GridSmoothnessTerm _smoothness;
    private readonly float[] _grids;
    private readonly float[] _gridGradient;
    private readonly FloatImage _output;
    private readonly FloatImage _outputGradient;

    public AffineGridObjective(
        ClassedImage content, ClassedImage style, IReadOnlyList<bool> styled, MattingLaplacian laplacian, IFeatureEncoder encoder, SolverOptions options)
    {
        (_styled, _shape) = (styled, options.Grid);
        _slicing = new GridSlicing(content.Image, content.Masks, _shape);
        _style = new GramStyleTerm(encoder, style.Image, style.Masks, content.Masks);
        _featureTerms.Add((_style, options.StyleWeight));
        if (options.ContentWeight > 0)
        {
            _content = new ContentTerm(encoder, content.Image, encoder.Levels.Count - 1);
            _featureTerms.Add((_content, options.ContentWeight));
        }
        _features = new FeatureLoss(encoder, _featureTerms);
        if (options.ColourWeight > 0) _imageTerms.Add((new ColourDistributionTerm(style.Image, style.Masks, content.Masks), options.ColourWeight));
        _imageTerms.Add((new PhotorealismTerm(laplacian), options.PhotorealismWeight * PhotorealismWeighting.Of(style.Image)));
        _imageTerms.Add((new ClampTerm(), options.ClampWeight));
        _imageTerms.Add((new GradientReversalTerm(content.Image), options.ReversalWeight));
        _smoothness = new GridSmoothnessTerm(content.Masks.Channels, _shape, options.Smoothness);

        _grids = new float[_slicing.ParameterCount];
        _gridGradient = new float[_slicing.ParameterCount];
        _output = new FloatImage(3, content.Image.Height, content.Image.Width);
        _outputGradient = new FloatImage(3, content.Image.Height, content.Image.Width);
    }

    /// <summary>The terms of the latest evaluation.</summary>
    public IReadOnlyList<TermValue> Terms { get; private set; } = [];

    /// <summary>Computes value and gradient.</summary>
    /// <param name="x">The coefficients of all grids, as in <see cref="AffineGrids.Values"/>.</param>
    /// <param name="gradient">Receives ∂E/∂x.</param>
    public double Evaluate(ReadOnlySpan<double> x, Span<double> gradient)
    {
        for (int i = 0; i < _grids.Length; i++) _grids[i] = (float)x[i];
        _slicing.Apply(_grids, _output);
        Array.Clear(_outputGradient.Data);

        var terms = new List<TermValue>();
        double[] values = _features.Evaluate(_output, _outputGradient);
        for (int i = 0; i < values.Length; i++) terms.Add(new TermValue(_featureTerms[i].Term.Name, values[i], _featureTerms[i].Weight));
        foreach ((IImageTerm term, double weight) in _imageTerms) terms.Add(new TermValue(term.Name, term.Evaluate(_output, _outputGradient, weight), weight));

        _slicing.ApplyAdjoint(_outputGradient, _gridGradient);
        for (int i = 0; i < _grids.Length; i++) gradient[i] = _gridGradient[i];
        terms.Add(new TermValue(GridSmoothnessTerm.Name, _smoothness.Evaluate(x, gradient, 1), 1));

        // A class that stays as it is keeps its starting point, the identity, since nothing pulls at it.
        for (int k = 0; k < _styled.Count; k++)
        {
            if (!_styled[k]) gradient.Slice(k * _shape.Length, _shape.Length).Clear();
        }
        Terms = terms;
        return terms.Sum(t => t.Weight * t.Value);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _style.Dispose();
        _content?.Dispose();
    }
}
