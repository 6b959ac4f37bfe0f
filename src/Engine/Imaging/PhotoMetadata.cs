using System.Text;
using NetVips;

namespace PhotoStyle.Imaging;

/// <summary>What a file says about its photo beside the pixels: EXIF, XMP, IPTC and resolution, made true for an upright sRGB picture.</summary>
internal sealed class PhotoMetadata
{
    private const string ColourSpaceField = "exif-ifd2-ColorSpace";
    private const string Upright = "1";
    private const string SrgbColourSpace = "1";
    private const string IptcField = "iptc-data";

    private readonly List<(string Name, IntPtr Type, object Value)> _fields = [];

    public static PhotoMetadata Empty { get; } = new();

    /// <summary>Pixels per millimetre.</summary>
    public double XResolution { get; private init; } = 1;

    /// <summary>Pixels per millimetre.</summary>
    public double YResolution { get; private init; } = 1;

    public static PhotoMetadata Of(Image header)
    {
        var swapsSides = header.Contains("orientation") && (int)header.Get("orientation") >= 5;
        var metadata = new PhotoMetadata
        {
            XResolution = swapsSides ? header.Yres : header.Xres,
            YResolution = swapsSides ? header.Xres : header.Yres,
        };
        foreach (var name in header.GetFields().Where(IsKept))
        {
            if (Amended(name, header.Get(name)) is { } value)
                metadata._fields.Add((name, header.GetTypeOf(name), value));
        }

        return metadata;
    }

    /// <summary>Sets the fields on an image that will be written in a format.</summary>
    public void CopyTo(MutableImage image, PhotoFormat format)
    {
        foreach (var (name, type, value) in _fields)
            image.Set(type, name, name == IptcField ? IptcRecord.For(format, (byte[])value) : value);
    }

    // The thumbnail (ifd1) shows the photo as it was; the orientation is applied to the pixels.
    private static bool IsKept(string name) =>
        name is "exif-data" or "xmp-data" or IptcField or "resolution-unit"
        || (name.StartsWith("exif-ifd", StringComparison.Ordinal)
            && !name.StartsWith("exif-ifd1-", StringComparison.Ordinal));

    private static object? Amended(string name, object value) => name switch
    {
        "exif-data" => ExifBlock.ForUprightPhoto((byte[])value),
        IptcField => IptcRecord.Bare((byte[])value),
        "exif-ifd0-Orientation" => Upright,
        ColourSpaceField => SrgbColourSpace,
        "exif-ifd4-InteroperabilityIndex" => "R98",
        "xmp-data" => UprightXmp((byte[])value),
        _ => value,
    };

    private static byte[] UprightXmp(byte[] xmp)
    {
        var amended = (byte[])xmp.Clone();
        foreach (var start in new[] { "tiff:Orientation=\"", "tiff:Orientation='", "<tiff:Orientation>" })
        {
            var at = amended.AsSpan().IndexOf(Encoding.ASCII.GetBytes(start)) + start.Length;
            if (at >= start.Length && at < amended.Length && amended[at] is >= (byte)'1' and <= (byte)'8')
                amended[at] = (byte)'1';
        }

        return amended;
    }
}
