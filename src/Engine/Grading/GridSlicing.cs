using PhotoStyle.Imaging;

namespace PhotoStyle.Grading;

/// <summary>
/// The linear map from affine grids to the graded image, for one photo and its class masks, and its adjoint: O(p) = Σ_k m_k(p) · A_k(p, luma(p)) · [I(p); 1].
/// </summary>
internal sealed class GridSlicing
{
    private readonly FloatImage image;
    private readonly float[] guide;
    private readonly FloatImage masks;
    private readonly GridShape shape;
    private readonly GridRowSlicer[] slicers;
    private readonly float[][] bandGradients;

    /// <param name="image">3×H×W, sRGB-encoded.</param>
    /// <param name="masks">K×H×W, summing to one in each pixel.</param>
    /// <param name="shape">Cells of each class's grid.</param>
    public GridSlicing(FloatImage image, FloatImage masks, GridShape shape)
    {
        (this.image, this.masks, this.shape) = (image, masks, shape);
        guide = Luma.Of(image).Data;
        slicers = [.. Enumerable.Range(0, Bands.Count(image.Height)).Select(_ => new GridRowSlicer(masks.Channels, shape, image.Width))];
        bandGradients = [.. slicers.Select(_ => new float[masks.Channels * shape.Length])];
    }

    /// <summary>Coefficients of all classes.</summary>
    public int ParameterCount => masks.Channels * shape.Length;

    /// <summary>Writes the graded image.</summary>
    public void Apply(ReadOnlyMemory<float> grids, FloatImage output) => Bands.Run(image.Height, (band, first, end) =>
    {
        GridRowSlicer slicer = slicers[band];
        for (int y = first; y < end; y++)
        {
            slicer.Load(grids.Span, Position(y));
            slicer.Apply(Input(y), masks.Data.AsSpan(y * masks.Width), masks.PixelCount, Row(output, y));
        }
    });

    /// <summary>Writes the gradient with respect to the grids, given that with respect to the graded image.</summary>
    public void ApplyAdjoint(FloatImage outputGradient, Span<float> gridGradient)
    {
        Bands.Run(image.Height, (band, first, end) =>
        {
            GridRowSlicer slicer = slicers[band];
            Array.Clear(bandGradients[band]);
            for (int y = first; y < end; y++)
            {
                slicer.BeginGradient(Position(y));
                slicer.AddGradient(Input(y), masks.Data.AsSpan(y * masks.Width), masks.PixelCount, Row(outputGradient, y));
                slicer.StoreGradient(bandGradients[band]);
            }
        });
        gridGradient.Clear();
        foreach (float[] part in bandGradients)
        {
            for (int i = 0; i < part.Length; i++) gridGradient[i] += part[i];
        }
    }

    private float Position(int y) => (y + 0.5f) / image.Height;

    private GridRowInput Input(int y) => new(image.Row(0, y), image.Row(1, y), image.Row(2, y), guide.AsSpan(y * image.Width, image.Width));

    private static GridRowOutput Row(FloatImage rows, int y) => new(rows.Row(0, y), rows.Row(1, y), rows.Row(2, y));
}
