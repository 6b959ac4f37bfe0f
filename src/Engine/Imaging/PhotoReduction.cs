using System.Numerics;

namespace PhotoStyle.Imaging;

/// <summary>Interleaved integer samples to float planes of the same or a smaller size.</summary>
internal static class PhotoReduction
{
    public static FloatImage Reduce(Photo photo, int width, int height)
    {
        var result = new FloatImage(3, height, width);
        if (width == photo.Width && height == photo.Height)
        {
            Parallel.For(0, height, y => SampleConversion.Split(photo, y, result, y));
            return result;
        }

        var columns = new ReductionWeights(photo.Width, width);
        var rows = new ReductionWeights(photo.Height, height);
        Parallel.For(
            0,
            height,
            () => new float[photo.Width * photo.Channels],
            (y, _, sum) =>
            {
                ReduceRows(photo, rows, y, sum);
                ReduceColumns(sum, photo.Channels, columns, result, y);
                return sum;
            },
            _ => { });
        return result;
    }

    private static void ReduceRows(Photo photo, ReductionWeights rows, int y, float[] sum)
    {
        Array.Clear(sum);
        var weights = rows.Weights(y);
        var full = photo.BitDepth == 16 ? 65535f : 255f;
        for (var i = 0; i < weights.Length; i++)
        {
            var source = rows.Start(y) + i;
            if (photo.BitDepth == 16)
                AddWeighted(photo.Row16(source), weights[i] / full, sum);
            else
                AddWeighted(photo.Row8(source), weights[i] / full, sum);
        }
    }

    private static void AddWeighted(ReadOnlySpan<byte> samples, float weight, Span<float> sum)
    {
        var i = 0;
        for (; i <= samples.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(samples[i..]), out var low, out var high);
            AddWeighted(low, weight, sum[i..]);
            AddWeighted(high, weight, sum[(i + Vector<ushort>.Count)..]);
        }

        for (; i < samples.Length; i++)
            sum[i] += samples[i] * weight;
    }

    private static void AddWeighted(ReadOnlySpan<ushort> samples, float weight, Span<float> sum)
    {
        var i = 0;
        for (; i <= samples.Length - Vector<ushort>.Count; i += Vector<ushort>.Count)
            AddWeighted(new Vector<ushort>(samples[i..]), weight, sum[i..]);
        for (; i < samples.Length; i++)
            sum[i] += samples[i] * weight;
    }

    private static void AddWeighted(Vector<ushort> samples, float weight, Span<float> sum)
    {
        Vector.Widen(samples, out var low, out var high);
        var first = sum[..Vector<float>.Count];
        var second = sum.Slice(Vector<float>.Count, Vector<float>.Count);
        (new Vector<float>(first) + Vector.ConvertToSingle(Vector.AsVectorInt32(low)) * weight).CopyTo(first);
        (new Vector<float>(second) + Vector.ConvertToSingle(Vector.AsVectorInt32(high)) * weight).CopyTo(second);
    }

    private static void ReduceColumns(float[] sum, int channels, ReductionWeights columns, FloatImage result, int y)
    {
        var red = result.Row(0, y);
        var green = result.Row(1, y);
        var blue = result.Row(2, y);
        for (var x = 0; x < red.Length; x++)
        {
            var weights = columns.Weights(x);
            var at = columns.Start(x) * channels;
            float r = 0, g = 0, b = 0;
            foreach (var weight in weights)
            {
                r += weight * sum[at];
                g += weight * sum[at + 1];
                b += weight * sum[at + 2];
                at += channels;
            }

            red[x] = Math.Clamp(r, 0, 1);
            green[x] = Math.Clamp(g, 0, 1);
            blue[x] = Math.Clamp(b, 0, 1);
        }
    }
}
