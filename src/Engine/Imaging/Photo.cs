using NetVips;

namespace PhotoStyle.Imaging;

/// <summary>
/// A full-resolution picture in memory: sRGB-encoded, interleaved R G B or R G B A, 8 or 16 bit, upright, with its EXIF, XMP and IPTC metadata.
/// </summary>
/// <remarks>
/// The pixels are one native block, freed on <see cref="Dispose"/>. Rows may be read and written from many threads, each row by one of them at a time.
/// Alpha is straight, not premultiplied; it takes no part in colour and is carried along.
/// </remarks>
public sealed class Photo : IDisposable
{
    private readonly PixelMemory _pixels;

    internal Photo(Image image, PhotoMetadata metadata, bool wasGreyscale)
    {
        (Width, Height, Channels) = (image.Width, image.Height, image.Bands);
        BitDepth = image.Format == Enums.BandFormat.Ushort ? 16 : 8;
        (Metadata, WasGreyscale) = (metadata, wasGreyscale);
        _pixels = new PixelMemory(image.WriteToMemory(out var bytes), bytes);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Samples of a pixel: 3, or 4 with alpha.</summary>
    public int Channels { get; }

    /// <summary>Bits of a sample: 8 or 16.</summary>
    public int BitDepth { get; }

    /// <summary>Whether the fourth sample of a pixel is its opacity.</summary>
    public bool HasAlpha => Channels == 4;

    /// <summary>Whether the file held one grey channel, which became three equal ones.</summary>
    public bool WasGreyscale { get; }

    internal PhotoMetadata Metadata { get; }

    private int SamplesPerRow => Width * Channels;

    /// <summary>Makes a photo of given values.</summary>
    /// <param name="image">Three planes R G B, sRGB-encoded in [0, 1]; values beyond are clipped.</param>
    /// <param name="bitDepth">8 or 16.</param>
    /// <returns>A photo without alpha and without metadata.</returns>
    public static Photo FromFloatImage(FloatImage image, int bitDepth = 8)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNotEqual(image.Channels, 3);
        if (bitDepth is not (8 or 16))
            throw new ArgumentOutOfRangeException(nameof(bitDepth), bitDepth, "A photo has 8 or 16 bit.");
        var photo = Blank(image.Width, image.Height, 3, bitDepth, PhotoMetadata.Empty, wasGreyscale: false);
        Parallel.For(0, photo.Height, y => SampleConversion.Interleave(image, y, photo));
        return photo;
    }

    /// <summary>The Width·Channels samples of a row of an 8-bit photo, interleaved and writable.</summary>
    public unsafe Span<byte> Row8(int y)
    {
        CheckRow(y, 8);
        return new Span<byte>((byte*)Pixels + (long)y * SamplesPerRow, SamplesPerRow);
    }

    /// <summary>The Width·Channels samples of a row of a 16-bit photo, interleaved and writable.</summary>
    public unsafe Span<ushort> Row16(int y)
    {
        CheckRow(y, 16);
        return new Span<ushort>((ushort*)Pixels + (long)y * SamplesPerRow, SamplesPerRow);
    }

    /// <summary>The colours as floats, made smaller where needed.</summary>
    /// <param name="longSide">Most pixels of the longer side, at least 1. A smaller photo is never enlarged.</param>
    /// <returns>
    /// Planes R G B in [0, 1], sRGB-encoded. At full size the values are exactly v/255 or v/65535. Smaller ones are averages of the encoded values,
    /// weighted by Keys' cubic (a = −½) stretched by the reduction, so that no finer detail folds back. Alpha is ignored.
    /// </returns>
    public FloatImage ToFloatImage(int longSide)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(longSide, 1);
        var scale = Math.Min(1, (double)longSide / Math.Max(Width, Height));
        return PhotoReduction.Reduce(this, Math.Max(1, (int)Math.Round(Width * scale)), Math.Max(1, (int)Math.Round(Height * scale)));
    }

    /// <summary>A photo of the same size, depth, channels and metadata with pixels of its own, all zero.</summary>
    public Photo CreateBlank() => Blank(Width, Height, Channels, BitDepth, Metadata, WasGreyscale);

    /// <summary>Frees the pixels.</summary>
    public void Dispose() => _pixels.Dispose();

    /// <summary>Lends the pixels to libvips without a copy, for the time of one call.</summary>
    internal void UseImage(Action<Image> use)
    {
        using var image = Image.NewFromMemory(Pixels, (ulong)_pixels.Bytes, Width, Height, Channels, BitDepth == 16 ? Enums.BandFormat.Ushort : Enums.BandFormat.Uchar);
        use(image);
        GC.KeepAlive(this);
    }

    private static Photo Blank(int width, int height, int channels, int bitDepth, PhotoMetadata metadata, bool wasGreyscale)
    {
        VipsRuntime.EnsureReady();
        using var black = Image.Black(width, height, channels);
        using var blank = bitDepth == 16 ? black.Cast(Enums.BandFormat.Ushort) : black.Copy();
        return new Photo(blank, metadata, wasGreyscale);
    }

    private IntPtr Pixels
    {
        get
        {
            ObjectDisposedException.ThrowIf(_pixels.IsClosed, this);
            return _pixels.DangerousGetHandle();
        }
    }

    private void CheckRow(int y, int bitDepth)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)Height, nameof(y));
        if (BitDepth != bitDepth)
            throw new InvalidOperationException($"The photo has {BitDepth} bit, not {bitDepth}.");
    }
}
