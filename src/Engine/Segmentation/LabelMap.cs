using PhotoStyle.Imaging;
namespace PhotoStyle.Segmentation;
/// <summary>stub until the mask reader lands</summary>
public sealed record LabelMap(int Width, int Height, byte[] Labels)
{
    /// <summary>stub</summary>
    public FloatImage ToCoverage(IReadOnlyList<byte> labels, int width, int height)
    {
        var f = new FloatImage(labels.Count, height, width);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                byte l = Labels[(int)((y + 0.5) * Height / height) * Width + (int)((x + 0.5) * Width / width)];
                for (int k = 0; k < labels.Count; k++) f.Plane(k)[y * width + x] = labels[k] == l ? 1 : 0;
            }
        return f;
    }
}
