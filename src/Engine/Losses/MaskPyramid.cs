using PhotoStyle.Imaging;

namespace PhotoStyle.Losses;

/// <summary>Class masks at the resolution of an encoder's levels.</summary>
internal static class MaskPyramid
{
    /// <summary>Averages squares of stride × stride pixels; what is left over at the right and bottom is dropped, as the encoder's pooling does.</summary>
    /// <param name="masks">K×H×W.</param>
    /// <param name="stride">Pixels per level pixel along each side.</param>
    /// <returns>K×⌊H/stride⌋×⌊W/stride⌋.</returns>
    public static FloatImage Reduce(FloatImage masks, int stride)
    {
        if (stride == 1) return masks;
        var reduced = new FloatImage(masks.Channels, masks.Height / stride, masks.Width / stride);
        float scale = 1f / (stride * stride);
        for (int k = 0; k < masks.Channels; k++)
        {
            for (int y = 0; y < reduced.Height; y++)
            {
                Span<float> row = reduced.Row(k, y);
                for (int dy = 0; dy < stride; dy++)
                {
                    ReadOnlySpan<float> source = masks.Row(k, y * stride + dy);
                    for (int x = 0; x < row.Length * stride; x++) row[x / stride] += source[x] * scale;
                }
            }
        }
        return reduced;
    }
}
