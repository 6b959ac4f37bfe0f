using System.Buffers.Binary;

namespace PhotoStyle.Imaging;

/// <summary>The changes that an EXIF block needs and that libvips, which writes the block anew from it, does not make.</summary>
internal static class ExifBlock
{
    private const int EntryLength = 12;
    private const int OrientationTag = 0x0112;

    /// <summary>
    /// Sets the orientation to upright and cuts the second image folder, which holds the thumbnail of the photo as it was; the bytes of the thumbnail are
    /// dropped when the block is written.
    /// </summary>
    /// <param name="block">A TIFF structure, with or without the mark "Exif" before it.</param>
    /// <returns>The changed block; what is not an EXIF block stays as it is.</returns>
    public static byte[] ForUprightPhoto(byte[] block)
    {
        var changed = (byte[])block.Clone();
        var tiff = changed.AsSpan(changed.AsSpan().StartsWith("Exif\0\0"u8) ? 6 : 0);
        var isLittle = tiff.StartsWith("II"u8);
        if (tiff.Length < 8 || !(isLittle || tiff.StartsWith("MM"u8)))
            return block;
        var folder = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (folder > tiff.Length - 2)
            return block;
        var entries = tiff[(int)folder..];
        var length = 2 + ReadShort(entries, isLittle) * EntryLength;
        if (length + 4 > entries.Length)
            return block;
        for (var at = 2; at < length; at += EntryLength)
        {
            if (ReadShort(entries[at..], isLittle) == OrientationTag)
                WriteShort(entries[(at + 8)..], 1, isLittle);
        }

        entries.Slice(length, 4).Clear();
        return changed;
    }

    private static ushort ReadShort(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static void WriteShort(Span<byte> bytes, ushort value, bool isLittle)
    {
        if (isLittle)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
    }
}
