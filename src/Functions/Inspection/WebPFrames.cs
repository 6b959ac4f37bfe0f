using System.Buffers.Binary;

namespace PhotoStyle.Functions.Inspection;

/// <summary>Whether a WebP file is an animation, which ImageSharp does not tell without decoding it.</summary>
internal static class WebPFrames
{
    private const int ChunkHeader = 8;

    /// <summary>Looks for a second frame among the chunks of the file (RFC 9649, 2.7).</summary>
    public static bool AreSeveral(Stream file)
    {
        Span<byte> head = stackalloc byte[ChunkHeader];
        int frames = 0;
        // After RIFF, its length and WEBP.
        file.Position = 12;
        while (file.ReadAtLeast(head, ChunkHeader, throwOnEndOfStream: false) == ChunkHeader)
        {
            if (head.StartsWith("ANMF"u8) && ++frames > 1) return true;
            long length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            file.Position += length + (length & 1);
        }

        return false;
    }
}
