namespace PhotoStyle.Optimization;

/// <summary>Keeps the bytes of one checkpoint: in a file, a blob or elsewhere.</summary>
public interface ICheckpointStorage
{
    /// <summary>What messages call the checkpoint.</summary>
    string Name { get; }

    /// <summary>Whether what was saved last is safe, whatever happens to this process. Before anything was saved, it is.</summary>
    /// <param name="wait">Whether to wait until that is known.</param>
    bool IsSafe(bool wait);

    /// <summary>Opens what was saved last.</summary>
    /// <returns>A stream at its beginning, disposed by the caller; null if nothing was saved yet.</returns>
    Stream? Open();

    /// <summary>Replaces what was saved last. Whatever happens in between, <see cref="Open"/> finds the whole old bytes or the whole new ones.</summary>
    /// <param name="write">Writes the bytes. Called at once, on the calling thread, since the solver goes on changing its state afterwards.</param>
    void Save(Action<Stream> write);
}
