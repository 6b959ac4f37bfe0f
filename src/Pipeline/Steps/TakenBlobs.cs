using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>Which artefacts versions of blobs have become in this process. Safe for several threads.</summary>
internal sealed class TakenBlobs
{
    /// <summary>A version of a blob that was forgotten is read again, and nothing worse.</summary>
    private const int Most = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Container, string Name, string ETag, long Length), ArtifactReference> _taken = [];

    public ArtifactReference? Find(string container, BlobEntry entry)
    {
        lock (_lock) return _taken.GetValueOrDefault(KeyOf(container, entry));
    }

    public void Keep(string container, BlobEntry entry, ArtifactReference artifact)
    {
        lock (_lock)
        {
            if (_taken.Count == Most) _taken.Clear();
            _taken[KeyOf(container, entry)] = artifact;
        }
    }

    private static (string Container, string Name, string ETag, long Length) KeyOf(string container, BlobEntry entry) => (container, entry.Name, entry.ETag, entry.Length);
}
