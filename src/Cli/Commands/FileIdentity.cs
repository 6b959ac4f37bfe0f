using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace PhotoStyle.Cli.Commands;

/// <summary>Tells whether two names lead to the same file, be it by another spelling, by symbolic links or, on Linux, by hard links.</summary>
internal static partial class FileIdentity
{
    private const int CurrentFolder = -100;
    private const uint InodeWanted = 0x100;

    private static readonly StringComparison Names = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    public static bool AreSame(string path, string other) => Of(path).Equals(Of(other), Names);

    private static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        if (OperatingSystem.IsLinux() && Inode(full) is string inode)
            return inode;
        if (LinkTarget(full) is string target)
            return Of(target);
        return Path.GetDirectoryName(full) is string folder ? Path.Combine(Of(folder), Path.GetFileName(full)) : full;
    }

    private static string? LinkTarget(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName;
        }
        catch (IOException)
        {
            // There is no such file, or its links go in a circle: its name is all there is.
            return null;
        }
    }

    /// <summary>Device and inode, or null if there is no such file.</summary>
    private static string? Inode(string path)
    {
        // struct statx has one layout on all processors: inode at 32, device at 136.
        Span<byte> status = stackalloc byte[256];
        return Statx(CurrentFolder, path, 0, InodeWanted, ref MemoryMarshal.GetReference(status)) == 0
            ? $"{BinaryPrimitives.ReadUInt64LittleEndian(status[136..])}:{BinaryPrimitives.ReadUInt64LittleEndian(status[32..])}"
            : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte status);
}
