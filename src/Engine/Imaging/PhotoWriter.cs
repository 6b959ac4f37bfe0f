using NetVips;

namespace PhotoStyle.Imaging;

/// <summary>Writes photos with an sRGB profile and their metadata.</summary>
/// <remarks>
/// 16-bit photos are rounded to 8 bit for JPEG and WebP and to 10 bit for AVIF. JPEG has no transparency: there the photo is put on white.
/// </remarks>
public static class PhotoWriter
{
    private const int LongestWebPSide = 16_383;
    private const int LongestJpegSide = 65_500;

    // Of the libraries' ranges the low end: on 24 megapixels the usual middle takes 3 to 18 times as long for files that are 1 to 2 % smaller.
    private const int WebPEffort = 2;
    private const int TiffEffort = 1;
    private const int AvifEffort = 0;

    private static readonly double[] s_white = [255, 255, 255];

    /// <summary>The format that a file name asks for.</summary>
    /// <param name="path">A name that ends in .jpg, .jpeg, .png, .webp, .tif, .tiff or .avif.</param>
    /// <returns>The format.</returns>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/> for any other ending; HEIC is read but not written.</exception>
    public static PhotoFormat FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".jpg" or ".jpeg" => PhotoFormat.Jpeg,
        ".png" => PhotoFormat.Png,
        ".webp" => PhotoFormat.WebP,
        ".tif" or ".tiff" => PhotoFormat.Tiff,
        ".avif" => PhotoFormat.Avif,
        ".heic" or ".heif" => throw new PhotoStyleException(
            ErrorCode.OptionInvalid, $"{Path.GetFileName(path)} asks for HEIC, which can not be written: end the name in .avif, .jpg, .png, .webp or .tif."),
        _ => throw new PhotoStyleException(
            ErrorCode.OptionInvalid, $"{Path.GetFileName(path)} names no known format: end the name in .jpg, .png, .webp, .tif or .avif."),
    };

    /// <summary>Writes a file, whole or not at all; the format follows from its name.</summary>
    /// <param name="photo">The photo; it is not changed.</param>
    /// <param name="path">The file; its folder must exist, an existing file is replaced.</param>
    /// <param name="options">How to encode; the default options when null.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/> or <see cref="ErrorCode.OutputNotWritable"/>.</exception>
    public static void Write(Photo photo, string path, PhotoWriteOptions? options = null)
    {
        var format = FormatOf(path);
        AtomicFile.Write(path, stream => Write(photo, stream, format, options));
    }

    /// <summary>Writes to a stream that can be read and sought too, as TIFF needs it.</summary>
    /// <param name="photo">The photo; it is not changed.</param>
    /// <param name="stream">The stream; it is left open.</param>
    /// <param name="format">The format.</param>
    /// <param name="options">How to encode; the default options when null.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>.</exception>
    public static void Write(Photo photo, Stream stream, PhotoFormat format, PhotoWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(stream);
        options ??= PhotoWriteOptions.Default;
        options.Validate();
        CheckSide(photo, format);
        photo.UseImage(pixels =>
        {
            using var image = Prepare(pixels, photo, format);
            StreamTarget.Use(stream, target => Encode(image, target, format, options));
        });
    }

    private static void CheckSide(Photo photo, PhotoFormat format)
    {
        var longest = format switch
        {
            PhotoFormat.WebP => LongestWebPSide,
            PhotoFormat.Jpeg => LongestJpegSide,
            _ => int.MaxValue,
        };
        if (Math.Max(photo.Width, photo.Height) > longest)
        {
            throw new PhotoStyleException(
                ErrorCode.OptionInvalid, $"{format} holds at most {longest} pixels a side, the photo has {photo.Width}×{photo.Height}: write it as PNG or TIFF.");
        }
    }

    private static Image Prepare(Image pixels, Photo photo, PhotoFormat format)
    {
        var metadata = photo.Metadata;
        var reduces = photo.BitDepth == 16 && format is PhotoFormat.Jpeg or PhotoFormat.WebP;
        using var rounded = reduces ? pixels.Linear([1 / 257.0], [0.5], uchar: true) : pixels.Copy();
        using var flat = format == PhotoFormat.Jpeg && photo.HasAlpha ? rounded.Flatten(background: s_white) : rounded.Copy();
        using var typed = flat.Copy(
            interpretation: flat.Format == Enums.BandFormat.Ushort ? Enums.Interpretation.Rgb16 : Enums.Interpretation.Srgb,
            xres: metadata.XResolution,
            yres: metadata.YResolution);
        return typed.Mutate(changed => metadata.CopyTo(changed, format));
    }

    private static void Encode(Image image, Target target, PhotoFormat format, PhotoWriteOptions options)
    {
        const string profile = "srgb";
        var subsample = options.SubsampleChroma ? Enums.ForeignSubsample.On : Enums.ForeignSubsample.Off;
        switch (format)
        {
            case PhotoFormat.Jpeg:
                image.JpegsaveTarget(target, q: options.Quality, subsampleMode: subsample, profile: profile);
                break;
            case PhotoFormat.Png:
                image.PngsaveTarget(target, compression: options.PngCompression, filter: Enums.ForeignPngFilter.Sub, profile: profile);
                break;
            case PhotoFormat.WebP:
                image.WebpsaveTarget(target, q: options.Quality, effort: WebPEffort, exact: true, profile: profile);
                break;
            case PhotoFormat.Tiff:
                image.TiffsaveTarget(
                    target,
                    compression: Enums.ForeignTiffCompression.Deflate,
                    level: TiffEffort,
                    predictor: Enums.ForeignTiffPredictor.Horizontal,
                    profile: profile);
                break;
            case PhotoFormat.Avif:
                image.HeifsaveTarget(
                    target,
                    q: options.Quality,
                    bitdepth: image.Format == Enums.BandFormat.Ushort ? 10 : 8,
                    compression: Enums.ForeignHeifCompression.Av1,
                    effort: AvifEffort,
                    subsampleMode: subsample,
                    profile: profile);
                break;
            default:
                throw new PhotoStyleException(ErrorCode.OptionInvalid, $"{format} can not be written: choose JPEG, PNG, WebP, TIFF or AVIF.");
        }
    }
}
