using SixLabors.ImageSharp.Formats;

namespace SixLabors.ImageSharp;

public abstract class Image
{
    private static readonly NetVips.Log.LogDelegate s_silence = (_, _, _) => { };

    static Image() => NetVips.Log.SetLogHandler("VIPS", NetVips.Enums.LogLevelFlags.Warning, s_silence);

    /// <summary>Here libvips reads the header, where the real library does so in managed code.</summary>
    public static ImageInfo Identify(DecoderOptions options, Stream stream)
    {
        byte[] head = new byte[12];
        int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        IImageFormat format = options.Configuration.Formats.FirstOrDefault(candidate => candidate.Owns(head.AsSpan(0, read)))
            ?? throw new UnknownImageFormatException("Image cannot be loaded. No known format owns its first bytes.");
        try
        {
            using NetVips.Image image = NetVips.Image.NewFromStream(stream, access: NetVips.Enums.Access.Sequential);
            int frames = image.Contains("n-pages") ? (int)image.Get("n-pages") : 1;
            return new ImageInfo(image.Width, image.Height, format, frames);
        }
        catch (NetVips.VipsException e)
        {
            throw new InvalidImageContentException("The encoded image contains invalid content.", e);
        }
    }
}
