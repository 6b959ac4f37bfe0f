using System.Runtime.ExceptionServices;
using NetVips;

namespace PhotoStyle.Imaging;

/// <summary>Reads photos: JPEG, PNG, WebP, TIFF and AVIF, and HEIC where the native library can decode it.</summary>
/// <remarks>
/// The format is told by content, never by name. Limits are checked on the header, before pixels are decoded. The result is upright (EXIF orientation
/// applied), sRGB (embedded profiles converted with relative intent and black point compensation; CMYK and CIELAB too) and has three or four channels:
/// grey becomes three equal ones. Damage is an error, never a grey bottom.
/// </remarks>
public static class PhotoReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What is accepted; the default limits when null.</param>
    /// <returns>The photo, to be disposed by the caller.</returns>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.FileMissing"/>, <see cref="ErrorCode.ImageNotRecognised"/>,
    /// <see cref="ErrorCode.ImageTruncated"/>, <see cref="ErrorCode.ImageTooLarge"/> or <see cref="ErrorCode.ImageAnimated"/>.</exception>
    public static Photo Read(string path, ImageLimits? limits = null)
    {
        using var file = InputFile.Open(path);
        return Read(file, () => Source.NewFromFile(path), Path.GetFileName(path), limits ?? ImageLimits.Default);
    }

    /// <summary>Reads a stream from where it stands to its end.</summary>
    /// <param name="stream">Any readable stream; it is left open.</param>
    /// <param name="name">What messages call the picture.</param>
    /// <param name="limits">What is accepted; the default limits when null.</param>
    /// <returns>The photo, to be disposed by the caller.</returns>
    /// <exception cref="PhotoStyleException">As for a file.</exception>
    public static Photo Read(Stream stream, string name, ImageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        limits ??= ImageLimits.Default;
        var bytes = InputFile.ReadAll(stream, name, limits);
        return Read(bytes, name, limits);
    }

    /// <summary>Reads a file that is in memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What messages call the picture.</param>
    /// <param name="limits">What is accepted; the default limits when null.</param>
    /// <returns>The photo, to be disposed by the caller.</returns>
    /// <exception cref="PhotoStyleException">As for a file.</exception>
    public static Photo Read(byte[] bytes, string name, ImageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        using var stream = new MemoryStream(bytes, writable: false);
        return Read(stream, () => Source.NewFromMemory(bytes), name, limits ?? ImageLimits.Default);
    }

    /// <summary>Reads a picture whose samples are names of classes, not light: an embedded profile must not move them.</summary>
    internal static Photo ReadSamples(byte[] bytes, string name, ImageLimits limits)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        return Read(stream, () => Source.NewFromMemory(bytes), name, limits, usesProfile: false);
    }

    /// <summary>How many bytes the pixels of a picture take in memory, by its header: nothing is decoded.</summary>
    /// <param name="stream">A stream that can seek; it is left open.</param>
    /// <param name="name">What messages call the picture.</param>
    /// <param name="limits">What is accepted; the default limits when null.</param>
    /// <returns>Those of <see cref="Photo"/> for three or four channels of 8 or 16 bit; a little more where a channel is dropped, as of CMYK.</returns>
    /// <exception cref="PhotoStyleException">As for a file, as far as the header shows it.</exception>
    public static long PixelBytes(Stream stream, string name, ImageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        StreamSource? source = null;
        try
        {
            return Open(
                stream,
                () => source = new StreamSource(stream),
                name,
                limits ?? ImageLimits.Default,
                image => (long)image.Width * image.Height * (image.Bands == 2 ? 4 : Math.Max(3, image.Bands)) * (image.Format == Enums.BandFormat.Uchar ? 1 : 2));
        }
        catch (PhotoStyleException) when (source?.Failure is { } failure)
        {
            // Not the picture is damaged: the stream was.
            ExceptionDispatchInfo.Throw(failure);
            throw;
        }
    }

    private static Photo Read(Stream file, Func<Source> open, string name, ImageLimits limits, bool usesProfile = true) =>
        Open(file, open, name, limits, image => Decode(image, name, usesProfile));

    private static T Open<T>(Stream file, Func<Source> open, string name, ImageLimits limits, Func<Image, T> use)
    {
        VipsRuntime.EnsureReady();
        limits.CheckFileBytes(file.Length, name);
        var format = FormatSniffer.Identify(InputFile.ReadHead(file, FormatSniffer.HeadLength), name);
        if (format == PhotoFormat.Png)
            CheckPng(PngFile.ReadHeader(file, name), name, limits);
        try
        {
            using var source = open();
            using var image = Load(format, source);
            limits.CheckSize(image.Width, image.Height, name);
            CheckSingle(image, format, name);
            return use(image);
        }
        catch (VipsException e) when (format == PhotoFormat.Heic)
        {
            throw new PhotoStyleException(
                ErrorCode.ImageNotRecognised,
                $"{name} is a HEIC that is damaged or that this build of libvips can not decode: save it as JPEG, PNG, TIFF or AVIF.",
                e);
        }
        catch (VipsException e)
        {
            throw new PhotoStyleException(
                ErrorCode.ImageTruncated, $"{name} ends too early or is damaged ({FirstLine(e)}): copy or save it anew.", e);
        }
    }

    private static Image Load(PhotoFormat format, Source source)
    {
        const Enums.Access access = Enums.Access.Sequential;
        const Enums.FailOn failOn = Enums.FailOn.Error;
        return format switch
        {
            PhotoFormat.Jpeg => Image.JpegloadSource(source, access: access, failOn: failOn),
            PhotoFormat.Png => Image.PngloadSource(source, access: access, failOn: failOn),
            PhotoFormat.WebP => Image.WebploadSource(source, access: access, failOn: failOn),
            PhotoFormat.Tiff => Image.TiffloadSource(source, access: access, failOn: failOn),
            _ => Image.HeifloadSource(source, access: access, failOn: failOn),
        };
    }

    private static void CheckPng(PngFile png, string name, ImageLimits limits)
    {
        limits.CheckSize(png.Width, png.Height, name);
        if (png.IsAnimated)
            throw Animated(name);
    }

    // An HEIF file may hold further pictures beside its primary one, as phones write them: only that one is read.
    private static void CheckSingle(Image image, PhotoFormat format, string name)
    {
        if (format is PhotoFormat.WebP or PhotoFormat.Tiff && image.Contains("n-pages") && (int)image.Get("n-pages") > 1)
            throw Animated(name);
    }

    private static PhotoStyleException Animated(string name) =>
        new(ErrorCode.ImageAnimated, $"{name} holds more than one picture (an animation or pages): save one of them on its own.");

    private static Photo Decode(Image image, string name, bool usesProfile)
    {
        var wasGreyscale = image.Bands < 3;
        var metadata = PhotoMetadata.Of(image);
        using var converted = SrgbConversion.ToSrgb(image, name, usesProfile);
        if (!image.Contains("orientation") || (int)image.Get("orientation") <= 1)
            return new Photo(converted, metadata, wasGreyscale);

        // Turning needs all pixels at hand; decoding them first keeps libvips from putting them into a file.
        using var decoded = converted.CopyMemory();
        using var upright = decoded.Autorot();
        return new Photo(upright, metadata, wasGreyscale);
    }

    private static string FirstLine(VipsException e)
    {
        var lines = e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length > 1 ? lines[1] : lines[0];
    }
}
