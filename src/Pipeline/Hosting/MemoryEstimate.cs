using PhotoStyle.Features;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Transfer;

namespace PhotoStyle.Pipeline.Hosting;

/// <summary>How much memory steps take at their peak, on the safe side of what <c>bench -- memory</c> measures.</summary>
/// <remarks>The sizes are long sides: of a square there are as many pixels as reckoned, of other photos fewer.</remarks>
internal static class MemoryEstimate
{
    /// <summary>What any step takes besides: the segmentation's small copy of the photo, buffers of codecs.</summary>
    private const long Base = 128L << 20;

    /// <summary>The file as it is and in buffers of its reader.</summary>
    private const int Files = 3;

    /// <summary>Pixels as they are and once more: turned upright, or graded.</summary>
    private const int Copies = 2;

    /// <summary>Reducing a photo and finding its regions, or the statistics of its Laplacian.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="pixelBytes">Bytes of its pixels, and of its mask's.</param>
    /// <param name="size">Long side at working size.</param>
    public static long Preparing(JobInput photo, long pixelBytes, int size) => Base + Files * photo.Length + Copies * pixelBytes + 200 * Square(size);

    /// <summary>The photo, the result and its file.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="pixelBytes">Bytes of its pixels.</param>
    public static long Rendering(JobInput photo, long pixelBytes) => Base + Files * photo.Length + Copies * pixelBytes;

    /// <summary>Feature maps and their gradients, by the number of channels of the widest levels, and what a solver of pixels remembers.</summary>
    public static long Optimising(OptimiseRequest request)
    {
        TransferOptions options = request.Options;
        long features = request.Encoder == EmbeddedEncoder.Name ? 1_000 : 5_000;
        // Two moves of three 16-bit channels for each of the history, and a few of 64 bit.
        long history = options.SolvesPixels ? 2 * 3 * sizeof(short) * options.Pixels.History + 8 * 3 * sizeof(double) : 0;
        return Base + (features + history) * Square(options.Size);
    }

    private static long Square(int size) => (long)size * size;
}
