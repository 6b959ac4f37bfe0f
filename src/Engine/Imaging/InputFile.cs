namespace PhotoStyle.Imaging;

/// <summary>Opens what a user names, with a sentence for each way in which that fails.</summary>
internal static class InputFile
{
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.FileMissing"/>.</exception>
    public static FileStream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new PhotoStyleException(ErrorCode.FileMissing, $"{path} is a folder: name a file in it.");
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PhotoStyleException(ErrorCode.FileMissing, $"{path} does not exist: check the name.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PhotoStyleException(ErrorCode.FileMissing, $"{path} can not be read ({e.Message}): check its permissions.", e);
        }
    }

    /// <summary>The first bytes of a stream, at most <paramref name="count"/>.</summary>
    public static byte[] ReadHead(Stream stream, int count)
    {
        var head = new byte[count];
        stream.Position = 0;
        return head[..stream.ReadAtLeast(head, count, throwOnEndOfStream: false)];
    }

    /// <summary>The rest of a stream; stops with an error as soon as it is longer than the limit.</summary>
    public static byte[] ReadAll(Stream stream, string name, ImageLimits limits)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            limits.CheckFileBytes(bytes.Length + count, name);
            bytes.Write(buffer, 0, count);
        }

        return bytes.ToArray();
    }
}
