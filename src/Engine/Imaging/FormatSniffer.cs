using System.Text;

namespace PhotoStyle.Imaging;

/// <summary>Tells the format of a picture by its first bytes, never by its name.</summary>
public static class FormatSniffer
{
    /// <summary>How many bytes of the beginning <see cref="Identify"/> wants to see.</summary>
    public const int HeadLength = 64;

    private const string Supported = "JPEG, PNG, WebP, TIFF, HEIC or AVIF";

    /// <summary>The format of the picture that begins with these bytes.</summary>
    /// <param name="head">The first <see cref="HeadLength"/> bytes, or all of a shorter file.</param>
    /// <param name="name">What errors call the picture.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.ImageNotRecognised"/>, <see cref="ErrorCode.ImageAnimated"/> or,
    /// for an empty file, <see cref="ErrorCode.ImageTruncated"/>.</exception>
    public static PhotoFormat Identify(ReadOnlySpan<byte> head, string name)
    {
        if (head.IsEmpty)
            throw new PhotoStyleException(ErrorCode.ImageTruncated, $"{name} is empty: copy or save it anew.");
        if (head.StartsWith<byte>([0xFF, 0xD8, 0xFF]))
            return PhotoFormat.Jpeg;
        if (head.StartsWith(PngFile.Signature))
            return PhotoFormat.Png;
        if (head.StartsWith("RIFF"u8) && Follows(head, 8, "WEBP"))
            return PhotoFormat.WebP;
        if (head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8) || head.StartsWith("II+\0"u8) || head.StartsWith("MM\0+"u8))
            return PhotoFormat.Tiff;
        if (Follows(head, 4, "ftyp"))
            return IdentifyHeif(head, name);
        var what = NameOther(head) is { } other ? $"is a {other}" : "is not a picture in a known format";
        throw new PhotoStyleException(ErrorCode.ImageNotRecognised, $"{name} {what}: save it as {Supported}.");
    }

    private static PhotoFormat IdentifyHeif(ReadOnlySpan<byte> head, string name)
    {
        var brand = head.Length >= 12 ? Encoding.ASCII.GetString(head[8..12]) : "";
        switch (brand)
        {
            case "avif":
                return PhotoFormat.Avif;
            case "avis" or "msf1" or "hevc" or "hevx":
                throw new PhotoStyleException(ErrorCode.ImageAnimated, $"{name} is a sequence of pictures: save one of them as {Supported}.");
            case "heic" or "heix" or "heim" or "heis" or "mif1" or "mif2":
                // The general brand mif1 does not tell the codec; the list of compatible brands after it does.
                return head[12..].IndexOf("avif"u8) >= 0 ? PhotoFormat.Avif : PhotoFormat.Heic;
            default:
                throw new PhotoStyleException(ErrorCode.ImageNotRecognised, $"{name} is a film or another file of the MP4 family: save a picture as {Supported}.");
        }
    }

    private static string? NameOther(ReadOnlySpan<byte> head) => head switch
    {
        _ when head.StartsWith("GIF8"u8) => "GIF, which is not supported",
        _ when head.StartsWith("BM"u8) => "BMP, which is not supported",
        _ when head.StartsWith("%PDF"u8) => "PDF",
        _ when head.StartsWith("8BPS"u8) => "Photoshop document",
        _ when head.StartsWith<byte>([0xFF, 0x0A]) || Follows(head, 4, "JXL ") => "JPEG XL, which is not supported",
        _ when Follows(head, 4, "jP  ") => "JPEG 2000, which is not supported",
        _ when head.StartsWith("<svg"u8) || head.StartsWith("<?xml"u8) => "drawing or XML text",
        _ => null,
    };

    private static bool Follows(ReadOnlySpan<byte> head, int offset, string mark) =>
        head.Length >= offset + mark.Length && head.Slice(offset, mark.Length).SequenceEqual(Encoding.ASCII.GetBytes(mark));
}
