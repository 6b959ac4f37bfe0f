namespace PhotoStyle.Imaging;

/// <summary>Between float planes and interleaved integer samples.</summary>
internal static class SampleConversion
{
    /// <summary>Writes row <paramref name="y"/> of three planes to the colours of the same row of a photo, rounded and clipped.</summary>
    public static void Interleave(FloatImage image, int y, Photo photo) => Interleave(image, y, photo, y);

    /// <summary>Writes row <paramref name="from"/> of three planes to the colours of row <paramref name="y"/> of a photo of the same width, rounded and clipped.</summary>
    public static void Interleave(FloatImage image, int from, Photo photo, int y)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            var values = image.Row(channel, from);
            if (photo.BitDepth == 16)
            {
                var samples = photo.Row16(y);
                for (int x = 0, i = channel; x < values.Length; x++, i += photo.Channels)
                    samples[i] = (ushort)(Unit(values[x]) * 65535 + 0.5f);
            }
            else
            {
                var samples = photo.Row8(y);
                for (int x = 0, i = channel; x < values.Length; x++, i += photo.Channels)
                    samples[i] = (byte)(Unit(values[x]) * 255 + 0.5f);
            }
        }
    }

    /// <summary>Reads the colours of row <paramref name="y"/> of a photo into a row of three planes, in [0, 1].</summary>
    public static void Split(Photo photo, int y, FloatImage row) => Split(photo, y, row, 0);

    /// <summary>Reads the colours of row <paramref name="y"/> of a photo into row <paramref name="to"/> of three planes, in [0, 1].</summary>
    public static void Split(Photo photo, int y, FloatImage image, int to)
    {
        for (int channel = 0; channel < 3; channel++)
        {
            var values = image.Row(channel, to);
            if (photo.BitDepth == 16)
            {
                ReadOnlySpan<ushort> samples = photo.Row16(y);
                for (int x = 0, i = channel; x < values.Length; x++, i += photo.Channels)
                    values[x] = samples[i] / 65535f;
            }
            else
            {
                ReadOnlySpan<byte> samples = photo.Row8(y);
                for (int x = 0, i = channel; x < values.Length; x++, i += photo.Channels)
                    values[x] = samples[i] / 255f;
            }
        }
    }

    /// <summary>Copies the opacity of a row between photos of the same size and depth.</summary>
    public static void CopyAlpha(Photo from, Photo to, int y)
    {
        const int alpha = 3;
        if (!from.HasAlpha)
            return;
        if (from.BitDepth == 16)
            Copy(from.Row16(y), to.Row16(y));
        else
            Copy(from.Row8(y), to.Row8(y));

        static void Copy<T>(Span<T> source, Span<T> target)
        {
            for (int i = alpha; i < source.Length; i += alpha + 1)
                target[i] = source[i];
        }
    }

    // Max first: a NaN becomes 0 instead of an undefined integer.
    private static float Unit(float value) => MathF.Min(float.MaxNumber(value, 0), 1);
}
