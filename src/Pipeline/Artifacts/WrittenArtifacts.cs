namespace PhotoStyle.Pipeline.Artifacts;

/// <summary>What this process has written: of a photo that nobody had before, nothing was made before either. Safe for several threads.</summary>
internal sealed class WrittenArtifacts
{
    /// <summary>What was forgotten is asked for, and nothing worse.</summary>
    private const int Most = 10_000;

    private readonly Lock _lock = new();

    /// <summary>By name, whether it was new.</summary>
    private readonly Dictionary<string, bool> _written = new(StringComparer.Ordinal);

    public void Note(ArtifactReference artifact, bool isNew)
    {
        lock (_lock)
        {
            // All at once: what is forgotten must not have been made of what is still called new.
            if (_written.Count == Most) _written.Clear();
            // Who makes it a second time finds that it exists.
            _written.TryAdd(artifact.Name, isNew);
        }
    }

    public bool MayExist(ArtifactReference artifact, ReadOnlySpan<ArtifactReference> madeOf)
    {
        lock (_lock)
        {
            if (_written.ContainsKey(artifact.Name)) return true;
            foreach (ArtifactReference part in madeOf)
            {
                if (_written.GetValueOrDefault(part.Name)) return false;
            }
            return true;
        }
    }
}
