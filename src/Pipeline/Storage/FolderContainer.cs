using System.Globalization;
using System.Runtime.CompilerServices;

namespace PhotoStyle.Pipeline.Storage;

/// <summary>A folder as a container: each blob is a file. Files whose names begin with a point are not seen: they are being written.</summary>
/// <param name="name">The name of the container, a folder in <paramref name="root"/>.</param>
/// <param name="root">The folder of all containers.</param>
public sealed class FolderContainer(string name, string root) : IBlobContainer
{
    private readonly string _folder = Path.GetFullPath(Path.Combine(root, name));

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public Task CreateIfMissingAsync(CancellationToken cancellation = default)
    {
        Attempt(_folder, () => Directory.CreateDirectory(_folder));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix = "", [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string start = Path.Combine(_folder, prefix[..(prefix.LastIndexOf('/') + 1)]);
        var found = new List<BlobEntry>();
        if (Directory.Exists(start))
        {
            foreach (string file in Directory.EnumerateFiles(start, "*", SearchOption.AllDirectories))
            {
                string blob = Path.GetRelativePath(_folder, file).Replace(Path.DirectorySeparatorChar, '/');
                if (IsVisible(blob) && blob.StartsWith(prefix, StringComparison.Ordinal) && Entry(blob, new FileInfo(file)) is { } entry) found.Add(entry);
            }
        }
        foreach (BlobEntry entry in found.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return entry;
        }
        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<BlobEntry?> FindAsync(string name, CancellationToken cancellation = default) =>
        Task.FromResult(IsVisible(name) ? Entry(name, new FileInfo(PathOf(name))) : null);

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string name, string? etag = null, CancellationToken cancellation = default)
    {
        string path = PathOf(name);
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous);
            // Of the open file, not of the name, which may be another file's by now.
            if (etag is null || ETagOf(stream.Length, File.GetLastWriteTimeUtc(stream.SafeFileHandle)) == etag) return Task.FromResult<Stream?>(stream);
            stream.Dispose();
            return Task.FromResult<Stream?>(null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PhotoStyleException(ErrorCode.StorageUnavailable, $"{path} can not be read ({e.Message}): check its permissions.", e);
        }
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenSeekableAsync(string name, string? etag = null, CancellationToken cancellation = default) => OpenAsync(name, etag, cancellation);

    /// <inheritdoc/>
    public async Task<bool> TryCreateAsync(string name, Stream content, CancellationToken cancellation = default)
    {
        string path = PathOf(name);
        if (File.Exists(path)) return false;
        string temporary = await WriteTemporaryAsync(path, content, cancellation).ConfigureAwait(false);
        try
        {
            // On Unix, moving without overwriting looks first and moves then: another one may come in between.
            await using FileStream turn = await TakeTurnAsync(path, cancellation).ConfigureAwait(false);
            if (File.Exists(path)) return false;
            File.Move(temporary, path, overwrite: false);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(path, e);
        }
        finally
        {
            if (File.Exists(temporary)) File.Delete(temporary);
        }
    }

    /// <summary>Waits until no other process or thread creates a file in this container. The file that is locked stays: deleting it would let two hold it.</summary>
    private async Task<FileStream> TakeTurnAsync(string path, CancellationToken cancellation)
    {
        string gate = PathOf(".create.lock");
        for (int tries = 0; ; tries++)
        {
            try
            {
                return new FileStream(gate, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
            {
                if (tries == 2000) throw NotWritable(path, e);
                await Task.Delay(TimeSpan.FromMilliseconds(5), cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public async Task WriteAsync(string name, Stream content, CancellationToken cancellation = default)
    {
        string path = PathOf(name);
        string temporary = await WriteTemporaryAsync(path, content, cancellation).ConfigureAwait(false);
        Attempt(path, () => File.Move(temporary, path, overwrite: true));
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellation = default)
    {
        string path = PathOf(name);
        if (File.Exists(path)) Attempt(path, () => File.Delete(path));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IAsyncDisposable?> TryHoldAsync(string name, CancellationToken cancellation = default)
    {
        string path = PathOf(name), folder = Path.GetDirectoryName(path)!, gate = Path.Combine(folder, $".{Path.GetFileName(path)}.lock");
        Attempt(gate, () => Directory.CreateDirectory(folder));
        try
        {
            // The file stays: deleting it would let two hold it.
            return Task.FromResult<IAsyncDisposable?>(new FileStream(gate, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        }
        catch (IOException)
        {
            return Task.FromResult<IAsyncDisposable?>(null);
        }
    }

    private static async Task<string> WriteTemporaryAsync(string path, Stream content, CancellationToken cancellation)
    {
        string folder = Path.GetDirectoryName(path)!, temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
            await using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous);
            await content.CopyToAsync(stream, cancellation).ConfigureAwait(false);
            stream.Flush(flushToDisk: true);
            return temporary;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary)) File.Delete(temporary);
            throw NotWritable(path, e);
        }
        catch
        {
            if (File.Exists(temporary)) File.Delete(temporary);
            throw;
        }
    }

    private static void Attempt(string path, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(path, e);
        }
    }

    private static PhotoStyleException NotWritable(string path, Exception e) =>
        new(ErrorCode.OutputNotWritable, $"{path} can not be written ({e.Message}): free space, check permissions or choose another folder.", e);

    private static BlobEntry? Entry(string name, FileInfo file)
    {
        try
        {
            return file.Exists ? new BlobEntry(name, ETagOf(file.Length, file.LastWriteTimeUtc), file.Length, file.LastWriteTimeUtc) : null;
        }
        catch (FileNotFoundException)
        {
            // Deleted since it was listed.
            return null;
        }
    }

    private static string ETagOf(long length, DateTime written) => string.Create(CultureInfo.InvariantCulture, $"{written.Ticks:x}-{length:x}");

    private static bool IsVisible(string name) => !name.StartsWith('.') && !name.Contains("/.", StringComparison.Ordinal);

    /// <summary>No name leads out of the folder, whatever was forgotten to be checked before.</summary>
    private string PathOf(string blob)
    {
        string path = Path.GetFullPath(Path.Combine(_folder, blob));
        if (!path.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new PhotoStyleException(ErrorCode.NameInvalid, $"The name '{blob}' leads out of its folder: give a name without '..'.");
        return path;
    }
}
