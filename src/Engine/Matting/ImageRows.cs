using PhotoStyle.Imaging;

namespace PhotoStyle.Matting;

/// <summary>Three consecutive rows of an image as padded float64, in a ring: loading row y replaces row y − 3.</summary>
internal sealed unsafe class ImageRows(int channels, int width)
{
    private readonly PaddedRows _rows = new(3 * channels, width);

    public int Width => width;

    public void Load(FloatImage image, int y)
    {
        for (var channel = 0; channel < channels; channel++) _rows.Load(FirstIndex(y) + channel, image, channel, y);
    }

    /// <summary>The row of the first channel; the other channels follow at the stride of <see cref="PaddedRows"/>.</summary>
    public double* Row(int y) => _rows[FirstIndex(y)];

    private int FirstIndex(int y) => y % 3 * channels;
}
