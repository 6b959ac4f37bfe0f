using System.Buffers.Binary;

namespace PhotoStyle.Imaging;

/// <summary>The parts of a PNG file that libvips does not tell: its colour type, its palette and whether it is animated.</summary>
/// <param name="Width">Columns as claimed.</param>
/// <param name="Height">Rows as claimed.</param>
/// <param name="BitDepth">Bits of a sample or index: 1, 2, 4, 8 or 16.</param>
/// <param name="ColourType">0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha.</param>
/// <param name="Palette">R G B triples, empty where there is none.</param>
/// <param name="IsAnimated">Whether it is an animated PNG with more than one frame.</param>
internal sealed record PngFile(long Width, long Height, int BitDepth, int ColourType, byte[] Palette, bool IsAnimated)
{
    public const int PaletteType = 3;

    private const int LongestPalette = 768;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads the chunks before the pixels.</summary>
    /// <param name="stream">A seekable stream at the start of the file.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.ImageTruncated"/>.</exception>
    public static PngFile ReadHeader(Stream stream, string name)
    {
        Span<byte> chunk = stackalloc byte[8];
        Span<byte> header = stackalloc byte[13];
        PngFile? png = null;
        stream.Position = Signature.Length;
        try
        {
            while (true)
            {
                stream.ReadExactly(chunk);
                var length = BinaryPrimitives.ReadUInt32BigEndian(chunk);
                var next = stream.Position + length + 4;
                var type = chunk[4..];
                if (png is null)
                {
                    if (!type.SequenceEqual("IHDR"u8) || length != header.Length)
                        throw Damaged(name);
                    stream.ReadExactly(header);
                    png = new PngFile(
                        BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header[4..]), header[8], header[9], [], false);
                }
                else if (type.SequenceEqual("PLTE"u8) && length <= LongestPalette)
                {
                    var palette = new byte[length];
                    stream.ReadExactly(palette);
                    png = png with { Palette = palette };
                }
                else if (type.SequenceEqual("acTL"u8))
                {
                    stream.ReadExactly(chunk[..4]);
                    png = png with { IsAnimated = BinaryPrimitives.ReadUInt32BigEndian(chunk) > 1 };
                }
                else if (type.SequenceEqual("IDAT"u8))
                {
                    return png;
                }

                stream.Position = next;
            }
        }
        catch (EndOfStreamException)
        {
            throw Damaged(name);
        }
    }

    /// <summary>Makes a greyscale file of a palette file, whose samples are the indices: decoders hide those behind the colours.</summary>
    /// <param name="palettePng">A whole PNG file with a palette, which decodes without error.</param>
    public static byte[] WithIndicesAsGrey(byte[] palettePng)
    {
        using var grey = new MemoryStream(palettePng.Length);
        grey.Write(Signature);
        for (var at = Signature.Length; at + 12 <= palettePng.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(palettePng.AsSpan(at));
            var chunk = palettePng.AsSpan(at, length + 12);
            var type = chunk.Slice(4, 4);
            if (type.SequenceEqual("IHDR"u8))
            {
                var header = chunk.ToArray();
                header[8 + 9] = 0;
                BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(8 + length), Crc32(header.AsSpan(4, 4 + length)));
                grey.Write(header);
            }
            else if (type.SequenceEqual("IDAT"u8) || type.SequenceEqual("IEND"u8))
            {
                grey.Write(chunk);
            }

            at += chunk.Length;
        }

        return grey.ToArray();
    }

    /// <summary>The checksum of a chunk's type and data (PNG specification, annex D).</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }

    private static PhotoStyleException Damaged(string name) =>
        new(ErrorCode.ImageTruncated, $"{name} is a PNG that ends before its pixels: copy or save it anew.");
}
