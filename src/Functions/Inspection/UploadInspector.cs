using PhotoStyle.Imaging;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Storage;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Tiff;
using SixLabors.ImageSharp.Formats.Webp;

namespace PhotoStyle.Functions.Inspection;

/// <summary>
/// Looks at what a stranger sent before anything is scheduled for it: only the header is read, and only by managed code.
/// The engine checks the same again before it decodes, in a process that has nothing but this one photo to lose.
/// </summary>
public sealed class UploadInspector(PipelineStorage storage, ImageLimits limits)
{
    /// <summary>4 MiB: camera files have previews and profiles of up to some megabytes before the size.</summary>
    private const int MostBlocks = 64;

    private static readonly DecoderOptions s_headerOnly = new()
    {
        Configuration = new Configuration(
            new JpegConfigurationModule(), new PngConfigurationModule(), new TiffConfigurationModule(), new WebpConfigurationModule()),
        SkipMetadata = true,
        MaxFrames = 2,
    };

    /// <summary>Reads the header of a photo and holds it against the limits.</summary>
    /// <param name="file">The photo; can seek. Fetched in blocks of <see cref="HeaderStream.BlockBytes"/>, few of them.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="PhotoStyleException">It is not a photo in a known format (<see cref="ErrorCode.ImageNotRecognised"/>), damaged (<see cref="ErrorCode.ImageTruncated"/>),
    /// too large (<see cref="ErrorCode.ImageTooLarge"/>) or has more than one frame (<see cref="ErrorCode.ImageAnimated"/>).</exception>
    public PhotoHeader Inspect(Stream file, string name)
    {
        limits.CheckFileBytes(file.Length, name);
        using var header = new HeaderStream(file, MostBlocks);
        byte[] head = new byte[HeaderStream.BlockBytes];
        head = head[..header.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        PhotoFormat format = FormatSniffer.Identify(head.AsSpan(0, Math.Min(head.Length, FormatSniffer.HeadLength)), name);
        (long width, long height) = format is PhotoFormat.Avif or PhotoFormat.Heic
            ? HeifHeader.ReadSize(head) ?? throw Damaged(name)
            : Identify(header, name);
        limits.CheckSize(width, height, name);
        if (format == PhotoFormat.WebP && WebPFrames.AreSeveral(header)) throw Animated(name);
        return new PhotoHeader(format, (int)width, (int)height);
    }

    /// <summary>Looks at a blob.</summary>
    /// <exception cref="PhotoStyleException">As above, or <see cref="ErrorCode.InputMissing"/>: the version that is referred to is gone.</exception>
    public async Task InspectAsync(BlobReference blob, CancellationToken cancel)
    {
        await using Stream file = await storage.Source(blob.Container).OpenSeekableAsync(blob.Name, blob.ETag, cancel) ?? throw new PhotoStyleException(
            ErrorCode.InputMissing, $"{blob.Container}/{blob.Name} was replaced or deleted just now: ask for it again.");
        // The decoders read without waiting in between, so they get a thread.
        await Task.Run(() => Inspect(file, blob.FileName()), cancel);
    }

    private static (long Width, long Height) Identify(HeaderStream header, string name)
    {
        header.Position = 0;
        ImageInfo info;
        try
        {
            info = Image.Identify(s_headerOnly, header);
        }
        catch (Exception) when (header.IsExhausted)
        {
            throw new PhotoStyleException(ErrorCode.ImageTruncated, $"{name} does not tell its size in the first megabytes: save it anew.");
        }
        // The decoders answer damaged data with exceptions of many kinds, a null reference among them.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw Damaged(name, e);
        }

        if (info.FrameMetadataCollection.Count > 1) throw Animated(name);
        return (info.Width, info.Height);
    }

    private static PhotoStyleException Animated(string name) =>
        new(ErrorCode.ImageAnimated, $"{name} holds more than one picture (an animation or pages): save one of them on its own.");

    private static PhotoStyleException Damaged(string name, Exception? cause = null) =>
        new(ErrorCode.ImageTruncated, $"{name} is damaged or ends too early: save or copy it anew.", cause);
}
