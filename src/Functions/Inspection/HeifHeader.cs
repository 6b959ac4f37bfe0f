using System.Buffers.Binary;

namespace PhotoStyle.Functions.Inspection;

/// <summary>The size that a HEIC or AVIF file claims: ImageSharp does not read these formats.</summary>
internal static class HeifHeader
{
    /// <summary>The largest size among the image spatial extents (ISO/IEC 23008-12, 6.5.3) in the first bytes of a file: that of the picture, whose tiles and thumbnail are smaller.</summary>
    /// <returns>The size, or null where the bytes hold none.</returns>
    public static (long Width, long Height)? ReadSize(ReadOnlySpan<byte> head)
    {
        (long Width, long Height)? largest = null;
        while (head.IndexOf("ispe"u8) is var at and >= 0 && head.Length >= at + 16)
        {
            // After the name: one byte of version and three of flags, then both sides.
            long width = BinaryPrimitives.ReadUInt32BigEndian(head[(at + 8)..]);
            long height = BinaryPrimitives.ReadUInt32BigEndian(head[(at + 12)..]);
            if (largest is not { } known || width * height > known.Width * known.Height) largest = (width, height);
            head = head[(at + 16)..];
        }

        return largest;
    }
}
