using PhotoStyle.Imaging;

namespace PhotoStyle.Grading;

/// <summary>
/// The linear map from affine grids to the graded image, for one photo and its class masks, and its adjoint: O(p) = Σ_k m_k(p) · A_k(p, luma(p)) · [I(p); 1].
/// </summary>
internal sealed class GridSlicing
{
    private readonly FloatImage _image;
    private readonly float[] _guide;
    private readonly FloatImage _masks;
    private readonly GridShape _shape;
    private readonly GridRowSlicer[] _slicers;
    private readonly float[][] _bandGradients;

    /// <param name="image">3×H×W, sRGB-encoded.</param>
    /// <param name="masks">K×H×W, summing to one in each pixel.</param>
    /// <param name="shape">Cells of each class's grid.</param>
    public GridSlicing(FloatImage image, FloatImage masks, GridShape shape)
    {
        (_image, _masks, _shape) = (image, masks, shape);
        _guide = Luma.Of(image).Data;
        _slicers = [.. Enumerable.Range(0, Bands.Count(image.Height)).Select(_ => new GridRowSlicer(masks.Channels, shape, image.Width))];
        _bandGradients = [.. _slicers.Select(_ => new float[masks.Channels * shape.Length])];
    }

    /// <summary>Coefficients of all classes.</summary>
    public int ParameterCount => _masks.Channels * _shape.Length;

    /// <summary>Writes the graded image.</summary>
    public void Apply(ReadOnlyMemory<float> grids, FloatImage output) => Bands.Run(_image.Height, (band, first, end) =>
    {
        GridRowSlicer slicer = _slicers[band];
        for (int y = first; y < end; y++)
        {
            slicer.Load(grids.Span, Position(y));
            slicer.Apply(Input(y), _masks.Data.AsSpan(y * _masks.Width), _masks.PixelCount, Row(output, y));
        }
    });

    /// <summary>Writes the gradient with respect to the grids, given that with respect to the graded image.</summary>
    public void ApplyAdjoint(FloatImage outputGradient, Span<float> gridGradient)
    {
        Bands.Run(_image.Height, (band, first, end) =>
        {
            GridRowSlicer slicer = _slicers[band];
            Array.Clear(_bandGradients[band]);
            for (int y = first; y < end; y++)
            {
                slicer.BeginGradient(Position(y));
                slicer.AddGradient(Input(y), _masks.Data.AsSpan(y * _masks.Width), _masks.PixelCount, Row(outputGradient, y));
                slicer.StoreGradient(_bandGradients[band]);
            }
        });
        gridGradient.Clear();
        foreach (float[] part in _bandGradients)
        {
            for (int i = 0; i < part.Length; i++) gridGradient[i] += part[i];
        }
    }

    private float Position(int y) => (y + 0.5f) / _image.Height;

    private GridRowInput Input(int y) => new(_image.Row(0, y), _image.Row(1, y), _image.Row(2, y), _guide.AsSpan(y * _image.Width, _image.Width));

    private static GridRowOutput Row(FloatImage rows, int y) => new(rows.Row(0, y), rows.Row(1, y), rows.Row(2, y));
}
