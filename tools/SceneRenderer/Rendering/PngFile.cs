using NetVips;

namespace PhotoStyle.SceneRenderer.Rendering;

/// <summary>Writes interleaved 8-bit RGB as PNG. Row filters make photographs smaller and flat masks larger.</summary>
internal static class PngFile
{
    public static void Write(string path, byte[] rgb, int width, int height, bool flat)
    {
        using Image image = Image.NewFromMemory(rgb, width, height, 3, Enums.BandFormat.Uchar);
        using Image tagged = image.Copy(interpretation: Enums.Interpretation.Srgb);
        tagged.Pngsave(path, compression: 9, filter: flat ? Enums.ForeignPngFilter.None : Enums.ForeignPngFilter.All);
    }
}
