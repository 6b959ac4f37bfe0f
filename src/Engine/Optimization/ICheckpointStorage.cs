namespace PhotoStyle.Optimization;

/// <summary>Keeps the bytes of one checkpoint: in a file, a blob or elsewhere.</summary>
public interface ICheckpointStorage
{
    /// <summary>What messages call the checkpoint.</summary>
    string Name { get; }

    /// <summary>Opens what was saved last.</summary>
    /// <returns>A stream at its beginning, disposed by the caller; null if nothing was saved yet.</returns>
    Stream? Open();

    /// <summary>Replaces what was saved last. Whatever happens in between, <see cref="Open"/> finds the whole old bytes or the whole new ones.</summary>
    /// <param name="write">Writes the bytes. Called at once, on the calling thread, since the solver goes on changing its state afterwards.</param>
    void Save(Action<Stream> write);
}
