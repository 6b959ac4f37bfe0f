namespace PhotoStyle.Imaging;

/// <summary>Writes files so that under the final name there is the whole new file or what was there before, never a part.</summary>
internal static class AtomicFile
{
    /// <summary>Writes to a temporary file in the same folder, flushes it to the disk and renames it; on failure the temporary file is removed.</summary>
    /// <param name="path">The final name; an existing file is replaced.</param>
    /// <param name="write">Writes the content to a stream that can be read and sought.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OutputNotWritable"/> when the folder is missing or the file system refuses.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full) ?? full;
        if (Directory.Exists(full))
            throw NotWritable($"{path} is a folder: name a file in it.");
        if (!Directory.Exists(folder))
            throw NotWritable($"The folder {folder} does not exist: make it or choose another.");

        // Not derived from the name, which may be as long as a name can be.
        var temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(temporary);
            throw NotWritable($"{path} can not be written ({e.Message}): free space, check permissions or choose another folder.", e);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    private static PhotoStyleException NotWritable(string message, Exception? cause = null) => new(ErrorCode.OutputNotWritable, message, cause);

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that led here is the one to report.
        }
    }
}
