using System.Numerics;
using PhotoStyle.SceneRenderer.Looks;
using PhotoStyle.SceneRenderer.Noise;
using PhotoStyle.SceneRenderer.Rendering;

namespace PhotoStyle.SceneRenderer.Camera;

/// <summary>From radiance to a developed photograph: exposure, bloom, vignette, film curve, grain, sRGB.</summary>
internal static class Film
{
    public static byte[] Develop(Picture picture, FilmLook look, ParallelOptions parallel)
    {
        (int width, int height, Vector3[] pixels) = picture;
        float exposure = look.Key / MathF.Max(1e-9f, LogMean(pixels));
        Vector3[] halo = Bloom.Spread(picture, parallel);
        var bytes = new byte[width * height * 3];
        Parallel.For(0, height, parallel, y =>
        {
            for (int x = 0; x < width; x++)
            {
                int i = y * width + x;
                float dx = (x + 0.5f - width * 0.5f) / width, dy = (y + 0.5f - height * 0.5f) / width;
                float vignette = 1 / MathF.Pow(1 + 0.55f * (dx * dx + dy * dy), 2);
                Vector3 c = Vector3.Lerp(pixels[i], halo[i], look.Bloom) * look.WhiteBalance * (exposure * vignette);
                c = Grain(Curved(c, look), x, y, look.Grain);
                bytes[i * 3] = Quantize(c.X, x, y, 0);
                bytes[i * 3 + 1] = Quantize(c.Y, x, y, 1);
                bytes[i * 3 + 2] = Quantize(c.Z, x, y, 2);
            }
        });
        return bytes;
    }

    private static float LogMean(Vector3[] pixels)
    {
        double sum = 0;
        foreach (Vector3 p in pixels) sum += Math.Log(Math.Max(1e-9, Curve.Luminance(p)));
        return (float)Math.Exp(sum / pixels.Length);
    }

    /// <summary>
    /// The response of Naka and Rushton (1966), c^p / (c^p + k^p), fixed at mid-grey. The channels are mixed before and unmixed after it,
    /// so that strong lights bleach towards white as they do on film.
    /// </summary>
    private static Vector3 Curved(Vector3 c, FilmLook look)
    {
        const float mix = 0.14f;
        float grey = Curve.Luminance(c);
        c = Vector3.Max(Vector3.Zero, Vector3.Lerp(c, new Vector3(grey), mix));
        float power = 1.22f * look.Contrast;
        c = new Vector3(Response(c.X, power), Response(c.Y, power), Response(c.Z, power));
        grey = Curve.Luminance(c);
        c = new Vector3(grey) + (c - new Vector3(grey)) * (look.Saturation / (1 - mix));
        return Vector3.Clamp(c, Vector3.Zero, Vector3.One);
    }

    private static float Response(float c, float power)
    {
        const float mid = 0.18f, white = 1.04f;
        float k = MathF.Pow(mid, power) * (white / mid - 1), x = MathF.Pow(c, power);
        return white * x / (x + k);
    }

    private static Vector3 Grain(Vector3 c, int x, int y, float strength)
    {
        var display = new Vector3(Encode(c.X), Encode(c.Y), Encode(c.Z));
        float tone = Curve.Luminance(display);
        float amount = strength * (0.35f + 2.6f * tone * (1 - tone));
        float common = 0.75f * Normal(x, y, 11) + 0.25f * (Normal(x >> 1, y >> 1, 12) + Normal((x + 1) >> 1, (y + 1) >> 1, 13));
        return display + amount * (new Vector3(common) + 0.3f * new Vector3(Normal(x, y, 14), Normal(x, y, 15), Normal(x, y, 16)));
    }

    private static float Normal(int x, int y, uint seed) =>
        2 * (Hash.Unit(x, y, seed) + Hash.Unit(x, y, seed + 100) + Hash.Unit(x, y, seed + 200) - 1.5f);

    private static float Encode(float c) => c <= 0.0031308f ? 12.92f * c : 1.055f * MathF.Pow(c, 1 / 2.4f) - 0.055f;

    private static byte Quantize(float c, int x, int y, uint channel) =>
        (byte)Math.Clamp(MathF.Floor(c * 255 + Hash.Unit(x, y, channel + 21)), 0, 255);
}
