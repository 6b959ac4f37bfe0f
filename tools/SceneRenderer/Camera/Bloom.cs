using System.Numerics;
using PhotoStyle.SceneRenderer.Rendering;

namespace PhotoStyle.SceneRenderer.Camera;

/// <summary>Light scattered in the lens: the mean of three blurs of growing radius.</summary>
internal static class Bloom
{
    public static Vector3[] Spread(Picture picture, ParallelOptions parallel)
    {
        (int width, int height, Vector3[] pixels) = picture;
        var sum = new Vector3[pixels.Length];
        (float Radius, float Weight)[] halos = [(0.004f, 0.5f), (0.018f, 0.3f), (0.06f, 0.2f)];
        foreach ((float part, float weight) in halos)
        {
            int radius = Math.Max(1, (int)(part * width));
            Vector3[] blurred = pixels;
            // Three box filters in a row come close to a Gaussian.
            for (int pass = 0; pass < 3; pass++) blurred = Columns(Rows(blurred, width, height, radius, parallel), width, height, radius,
                parallel);
            for (int i = 0; i < sum.Length; i++) sum[i] += blurred[i] * weight;
        }

        return sum;
    }

    private static Vector3[] Rows(Vector3[] source, int width, int height, int radius, ParallelOptions parallel)
    {
        var result = new Vector3[source.Length];
        Parallel.For(0, height, parallel, y => Line(source, result, y * width, 1, width, radius));
        return result;
    }

    private static Vector3[] Columns(Vector3[] source, int width, int height, int radius, ParallelOptions parallel)
    {
        var result = new Vector3[source.Length];
        Parallel.For(0, width, parallel, x => Line(source, result, x, width, height, radius));
        return result;
    }

    private static void Line(Vector3[] source, Vector3[] result, int start, int stride, int count, int radius)
    {
        Vector3 sum = Vector3.Zero;
        for (int k = -radius; k <= radius; k++) sum += source[start + Math.Clamp(k, 0, count - 1) * stride];
        for (int i = 0; i < count; i++)
        {
            result[start + i * stride] = sum / (2 * radius + 1);
            sum += source[start + Math.Min(i + radius + 1, count - 1) * stride] - source[start + Math.Max(i - radius, 0) * stride];
        }
    }
}
