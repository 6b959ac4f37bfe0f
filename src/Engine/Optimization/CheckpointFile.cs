using PhotoStyle.Imaging;

namespace PhotoStyle.Optimization;

/// <summary>Keeps a checkpoint in a file.</summary>
/// <param name="path">The file; its folder must exist.</param>
public sealed class CheckpointFile(string path) : ICheckpointStorage
{
    /// <inheritdoc/>
    public string Name => path;

    /// <inheritdoc/>
    public bool IsSafe(bool wait) => true;

    /// <inheritdoc/>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.FileMissing"/>: the file can not be read.</exception>
    public Stream? Open() => File.Exists(path) ? InputFile.Open(path) : null;

    /// <inheritdoc/>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OutputNotWritable"/>.</exception>
    public void Save(Action<Stream> write) => AtomicFile.Write(path, write);
}
