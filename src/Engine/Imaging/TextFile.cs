using System.Text;

namespace PhotoStyle.Imaging;

/// <summary>Writes text as UTF-8, whole or not at all.</summary>
public static class TextFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="text">All of it.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OutputNotWritable"/>.</exception>
    public static void Write(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
