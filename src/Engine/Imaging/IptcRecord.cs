using System.Buffers.Binary;

namespace PhotoStyle.Imaging;

/// <summary>IPTC, which JPEG keeps inside a block of Photoshop resources and TIFF bare. libvips hands over what it finds.</summary>
internal static class IptcRecord
{
    private const int Resource = 0x0404;

    private static ReadOnlySpan<byte> BlockMark => "Photoshop 3.0\0"u8;

    private static ReadOnlySpan<byte> ResourceMark => "8BIM"u8;

    /// <summary>The bare record, or null where a block of resources holds none.</summary>
    public static byte[]? Bare(ReadOnlySpan<byte> data)
    {
        if (!data.StartsWith(BlockMark))
            return data.ToArray();
        var rest = data[BlockMark.Length..];
        while (rest.Length >= 12 && rest.StartsWith(ResourceMark))
        {
            var nameLength = Even(rest[6] + 1);
            if (rest.Length < 10 + nameLength)
                return null;
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest[(6 + nameLength)..]);
            var content = rest[(10 + nameLength)..];
            if (length > content.Length)
                return null;
            if (BinaryPrimitives.ReadUInt16BigEndian(rest[4..]) == Resource)
                return content[..(int)length].ToArray();
            rest = content[Math.Min(content.Length, Even((int)length))..];
        }

        return null;
    }

    /// <summary>The record as a file of this format wants it.</summary>
    public static byte[] For(PhotoFormat format, byte[] bare)
    {
        // libvips tells libtiff a quarter of the length, libtiff takes that as bytes: four times the length makes the record whole.
        if (format != PhotoFormat.Jpeg)
            return [.. bare, .. new byte[3 * bare.Length]];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bare.Length);
        return [.. BlockMark, .. ResourceMark, Resource >> 8, Resource & 0xFF, 0, 0, .. length, .. bare, .. new byte[bare.Length & 1]];
    }

    private static int Even(int length) => length + (length & 1);
}
