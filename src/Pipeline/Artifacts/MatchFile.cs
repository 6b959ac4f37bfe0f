using System.IO.Compression;
using System.Text.Json;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Pipeline.Artifacts;

/// <summary>The classes of a pair as JSON.</summary>
/// <param name="Match">The classes and what became of each label.</param>
/// <param name="ContentClasses">The class of each pixel of the content at working size, compressed: regions are large.</param>
/// <param name="StyleClasses">The same of the style.</param>
/// <param name="Notices">What the user should know of the steps up to here.</param>
public sealed record MatchFile(LabelMatch Match, byte[] ContentClasses, byte[] StyleClasses, IReadOnlyList<string> Notices)
{
    /// <summary>Writes a pair.</summary>
    public static byte[] Write(MatchedPair pair, IReadOnlyList<string> notices) => JsonSerializer.SerializeToUtf8Bytes(
        new MatchFile(pair.Match, Compress(pair.ContentClasses), Compress(pair.StyleClasses), notices), PipelineJson.Options);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is damaged.</exception>
    public static MatchFile Read(byte[] bytes) => JsonSerializer.Deserialize<MatchFile>(bytes, PipelineJson.Options) ?? throw new JsonException("It is null.");

    /// <summary>The pair.</summary>
    public MatchedPair ToPair() => new(Match, Decompress(ContentClasses), Decompress(StyleClasses));

    private static byte[] Compress(byte[] classes)
    {
        using var bytes = new MemoryStream();
        using (var deflate = new DeflateStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) deflate.Write(classes);
        return bytes.ToArray();
    }

    private static byte[] Decompress(byte[] bytes)
    {
        using var classes = new MemoryStream();
        using (var deflate = new DeflateStream(new MemoryStream(bytes, writable: false), CompressionMode.Decompress)) deflate.CopyTo(classes);
        return classes.ToArray();
    }
}
