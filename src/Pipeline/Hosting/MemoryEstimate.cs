using PhotoStyle.Features;
using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Pipeline.Hosting;

/// <summary>How much memory steps take, roughly and on the safe side.</summary>
internal static class MemoryEstimate
{
    /// <summary>Bytes of pixels for a byte of a file: of photos as JPEG 8 to 15, of smooth pictures more.</summary>
    private const int Expansion = 16;

    private const long Least = 16L << 20;

    public static long Decoding(JobInput photo) => Math.Max(Least, photo.Length * (Expansion + 1));

    /// <summary>The photo, the result and its file.</summary>
    public static long Rendering(JobInput photo) => Math.Max(Least, photo.Length * (2 * Expansion + 2));

    /// <summary>Feature maps and their gradients, by the number of channels of the widest levels.</summary>
    public static long Optimising(OptimiseRequest request)
    {
        long bytesPerPixel = request.Encoder == EmbeddedEncoder.Name ? 3_000 : 9_000;
        return (128L << 20) + bytesPerPixel * request.Options.Size * request.Options.Size * 2 / 3;
    }
}
