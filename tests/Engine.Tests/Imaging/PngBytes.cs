using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Imaging;

/// <summary>PNG files written byte by byte, of kinds that libvips does not write.</summary>
internal static class PngBytes
{
    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] content = [.. Encoding.ASCII.GetBytes(type), .. data];
        var length = new byte[4];
        var crc = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(crc, PngFile.Crc32(content));
        return [.. length, .. content, .. crc];
    }

    public static byte[] Header(uint width, uint height, byte bits, byte colourType)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (bits, colourType);
        return Chunk("IHDR", header);
    }

    /// <summary>A file with a palette, or with grey samples where there is none.</summary>
    public static byte[] Indexed(byte[] values, int width, int height, int bits, byte[]? palette)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                var row = new byte[1 + (width * bits + 7) / 8];
                for (var x = 0; x < width; x++)
                    row[1 + x * bits / 8] |= (byte)(values[y * width + x] << (8 - bits - x * bits % 8));
                deflate.Write(row);
            }
        }

        return
        [
            .. PngFile.Signature,
            .. Header((uint)width, (uint)height, (byte)bits, (byte)(palette is null ? 0 : 3)),
            .. palette is null ? [] : Chunk("PLTE", palette),
            .. Chunk("IDAT", packed.ToArray()),
            .. Chunk("IEND", []),
        ];
    }
}
