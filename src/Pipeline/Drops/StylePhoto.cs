using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Drops;

/// <summary>A photo in <c>styles</c>, which folders of uploads name.</summary>
/// <param name="Style">The name of the style: that of the blob without its ending.</param>
/// <param name="Blob">The photo.</param>
public sealed record StylePhoto(string Style, BlobEntry Blob)
{
    /// <summary>Ending of the blobs that hold options for a style and lie beside its photo.</summary>
    public const string OptionsEnding = ".json";

    /// <summary>The style that a blob belongs to, as its photo or as its options; null if it belongs to none.</summary>
    public static string? NameOf(string blob) => blob.LastIndexOf('.') is var point and > 0 && !blob.Contains('/', StringComparison.Ordinal) ? blob[..point] : null;

    /// <summary>The style whose photo a blob is; null if it is none.</summary>
    public static StylePhoto? Of(BlobEntry blob) =>
        !blob.Name.EndsWith(OptionsEnding, StringComparison.OrdinalIgnoreCase) && NameOf(blob.Name) is { } style ? new StylePhoto(style, blob) : null;

    /// <summary>All photos in <c>styles</c> that a job can name, in the order of their names.</summary>
    public static async Task<IReadOnlyList<StylePhoto>> ListAsync(IBlobContainer styles, CancellationToken cancellation = default)
    {
        var photos = new List<StylePhoto>();
        await foreach (BlobEntry entry in styles.ListAsync(cancellation: cancellation).ConfigureAwait(false))
        {
            if (BlobName.IsValid(entry.Name) && Of(entry) is { } photo) photos.Add(photo);
        }
        return photos;
    }
}
