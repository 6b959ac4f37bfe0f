namespace PhotoStyle.Imaging;

/// <summary>Float planes to interleaved integer samples.</summary>
internal static class SampleConversion
{
    /// <summary>Writes row <paramref name="y"/> of three planes to the colours of a photo of the same size, rounded and clipped.</summary>
    public static void Interleave(FloatImage image, int y, Photo photo)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            var values = image.Row(channel, y);
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

    // Max first: a NaN becomes 0 instead of an undefined integer.
    private static float Unit(float value) => MathF.Min(float.MaxNumber(value, 0), 1);
}
