using System.Buffers.Binary;
using System.Text;

namespace PhotoStyle.Engine.Tests.Imaging;

/// <summary>Hand-made metadata of JPEG files, written byte by byte so that no library is its own witness.</summary>
internal static class JpegSegments
{
    public const string MakerUtf8 = "Kämera";

    private const string XmpStart = "http://ns.adobe.com/xap/1.0/\0";

    /// <summary>Puts a segment behind the start of a JPEG.</summary>
    public static byte[] Insert(byte[] jpeg, byte marker, byte[] content)
    {
        var head = new byte[] { 0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2) };
        return [.. jpeg[..2], .. head, .. content, .. jpeg[2..]];
    }

    /// <summary>EXIF with a maker, an orientation, a GPS-free Exif block in Adobe RGB ("uncalibrated"), and a thumbnail.</summary>
    public static byte[] Exif(int orientation, byte[] thumbnail)
    {
        var maker = Encoding.UTF8.GetBytes(MakerUtf8 + "\0");
        const int ifd0 = 8, ifd0Entries = 3, exifEntries = 1, ifd1Entries = 3;
        const int exif = ifd0 + 2 + ifd0Entries * 12 + 4;
        const int ifd1 = exif + 2 + exifEntries * 12 + 4;
        const int data = ifd1 + 2 + ifd1Entries * 12 + 4;
        var bytes = new byte[data + maker.Length + thumbnail.Length];
        "II*\0"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), ifd0);
        WriteFolder(bytes.AsSpan(ifd0), ifd1, (0x010F, 2, maker.Length, data), (0x0112, 3, 1, orientation), (0x8769, 4, 1, exif));
        WriteFolder(bytes.AsSpan(exif), 0, (0xA001, 3, 1, 0xFFFF));
        WriteFolder(bytes.AsSpan(ifd1), 0, (0x0103, 3, 1, 6), (0x0201, 4, 1, data + maker.Length), (0x0202, 4, 1, thumbnail.Length));
        maker.CopyTo(bytes, data);
        thumbnail.CopyTo(bytes, data + maker.Length);
        return [.. "Exif\0\0"u8, .. bytes];
    }

    public static byte[] Xmp(string packet) => [.. Encoding.ASCII.GetBytes(XmpStart), .. Encoding.UTF8.GetBytes(packet)];

    /// <summary>IPTC with a caption, in the Photoshop block that JPEG files carry.</summary>
    public static byte[] Iptc(string caption)
    {
        var text = Encoding.ASCII.GetBytes(caption);
        byte[] record = [0x1C, 2, 120, (byte)(text.Length >> 8), (byte)text.Length, .. text];
        byte[] padding = record.Length % 2 == 1 ? [0] : [];
        return [.. "Photoshop 3.0\08BIM"u8, 4, 4, 0, 0, 0, 0, 0, (byte)record.Length, .. record, .. padding];
    }

    private static void WriteFolder(Span<byte> folder, int next, params (int Tag, int Type, int Count, int Value)[] entries)
    {
        BinaryPrimitives.WriteInt16LittleEndian(folder, (short)entries.Length);
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = folder.Slice(2 + i * 12, 12);
            BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)entries[i].Tag);
            BinaryPrimitives.WriteInt16LittleEndian(entry[2..], (short)entries[i].Type);
            BinaryPrimitives.WriteInt32LittleEndian(entry[4..], entries[i].Count);
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], entries[i].Value);
        }

        BinaryPrimitives.WriteInt32LittleEndian(folder[(2 + entries.Length * 12)..], next);
    }
}
