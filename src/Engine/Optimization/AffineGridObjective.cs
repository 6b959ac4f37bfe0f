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
    private readonly GridSlicing slicing;
    private readonly GridShape shape;
    private readonly IReadOnlyList<bool> styled;
    private readonly GramStyleTerm style;
    private readonly ContentTerm? content;
    private readonly FeatureLoss features;
    private readonly List<(IFeatureTerm Term, double Weight)> featureTerms = [];
    private readonly List<(IImageTerm Term, double Weight)> imageTerms = [];
    private readonly GridSmoothnessTerm smoothness;
    private readonly float[] grids;
    private readonly float[] gridGradient;
    private readonly FloatImage output;
    private readonly FloatImage outputGradient;

    public AffineGridObjective(ClassedImage content, ClassedImage style, IReadOnlyList<bool> styled, IFeatureEncoder encoder, SolverOptions options)
    {
        (this.styled, shape) = (styled, options.Grid);
        slicing = new GridSlicing(content.Image, content.Masks, shape);
        this.style = new GramStyleTerm(encoder, style.Image, style.Masks, content.Masks);
        featureTerms.Add((this.style, options.StyleWeight));
        if (options.ContentWeight > 0)
        {
            this.content = new ContentTerm(encoder, content.Image, encoder.Levels.Count - 1);
            featureTerms.Add((this.content, options.ContentWeight));
        }
        features = new FeatureLoss(encoder, featureTerms);
        imageTerms.Add((new PhotorealismTerm(new MattingLaplacian(content.Image, options.Epsilon)), options.PhotorealismWeight));
        imageTerms.Add((new ClampTerm(), options.ClampWeight));
        imageTerms.Add((new GradientReversalTerm(content.Image), options.ReversalWeight));
        smoothness = new GridSmoothnessTerm(content.Masks.Channels, shape, options.Smoothness);

        grids = new float[slicing.ParameterCount];
        gridGradient = new float[slicing.ParameterCount];
        output = new FloatImage(3, content.Image.Height, content.Image.Width);
        outputGradient = new FloatImage(3, content.Image.Height, content.Image.Width);
    }

    /// <summary>The output image of the latest evaluation.</summary>
    public FloatImage Output => output;

    /// <summary>The terms of the latest evaluation.</summary>
    public IReadOnlyList<TermValue> Terms { get; private set; } = [];

    /// <summary>Computes value and gradient.</summary>
    /// <param name="x">The coefficients of all grids, as in <see cref="AffineGrids.Values"/>.</param>
    /// <param name="gradient">Receives ∂E/∂x.</param>
    public double Evaluate(ReadOnlySpan<double> x, Span<double> gradient)
    {
        for (int i = 0; i < grids.Length; i++) grids[i] = (float)x[i];
        slicing.Apply(grids, output);
        Array.Clear(outputGradient.Data);

        var terms = new List<TermValue>();
        double[] values = features.Evaluate(output, outputGradient);
        for (int i = 0; i < values.Length; i++) terms.Add(new TermValue(featureTerms[i].Term.Name, values[i], featureTerms[i].Weight));
        foreach ((IImageTerm term, double weight) in imageTerms) terms.Add(new TermValue(term.Name, term.Evaluate(output, outputGradient, weight), weight));

        slicing.ApplyAdjoint(outputGradient, gridGradient);
        for (int i = 0; i < grids.Length; i++) gradient[i] = gridGradient[i];
        terms.Add(new TermValue(GridSmoothnessTerm.Name, smoothness.Evaluate(x, gradient, 1), 1));

        // A class that stays as it is keeps its starting point, the identity, since nothing pulls at it.
        for (int k = 0; k < styled.Count; k++)
        {
            if (!styled[k]) gradient.Slice(k * shape.Length, shape.Length).Clear();
        }
        Terms = terms;
        return terms.Sum(t => t.Weight * t.Value);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        style.Dispose();
        content?.Dispose();
    }
}
