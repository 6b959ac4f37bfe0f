using PhotoStyle.SceneRenderer.Noise;

namespace PhotoStyle.SceneRenderer.Sky;

/// <summary>
/// A block of Perlin-Worley noise that repeats without seams: the billowing shapes of clouds
/// (Schneider, "The Real-Time Volumetric Cloudscapes of Horizon: Zero Dawn", SIGGRAPH 2015). Values in [0, 1].
/// </summary>
internal sealed class CloudNoise
{
    private const int Side = 96;
    private const uint Seed = 24;

    private static readonly Lazy<CloudNoise> TheBlock = new(() => new CloudNoise());

    private readonly float[] values = new float[Side * Side * Side];

    private CloudNoise()
    {
        Parallel.For(0, Side, z =>
        {
            for (int y = 0; y < Side; y++)
            {
                for (int x = 0; x < Side; x++) values[(z * Side + y) * Side + x] = Value(x, y, z, Seed);
            }
        });
    }

    /// <summary>One block serves all skies: it takes long to make, and each sky cuts another piece out of it.</summary>
    public static CloudNoise Block => TheBlock.Value;

    public float At(float x, float y, float z)
    {
        x = (x - MathF.Floor(x)) * Side;
        y = (y - MathF.Floor(y)) * Side;
        z = (z - MathF.Floor(z)) * Side;
        int x0 = Math.Min((int)x, Side - 1), y0 = Math.Min((int)y, Side - 1), z0 = Math.Min((int)z, Side - 1);
        float fx = x - x0, fy = y - y0, fz = z - z0;
        int x1 = x0 + 1 == Side ? 0 : x0 + 1, y1 = (y0 + 1 == Side ? 0 : y0 + 1) * Side, z1 = (z0 + 1 == Side ? 0 : z0 + 1) * Side * Side;
        y0 *= Side;
        z0 *= Side * Side;
        float a = Curve.Lerp(values[z0 + y0 + x0], values[z0 + y0 + x1], fx),
            b = Curve.Lerp(values[z0 + y1 + x0], values[z0 + y1 + x1], fx);
        float c = Curve.Lerp(values[z1 + y0 + x0], values[z1 + y0 + x1], fx),
            d = Curve.Lerp(values[z1 + y1 + x0], values[z1 + y1 + x1], fx);
        return Curve.Lerp(Curve.Lerp(a, b, fy), Curve.Lerp(c, d, fy), fz);
    }

    private static float Value(int x, int y, int z, uint seed)
    {
        float u = (float)x / Side, v = (float)y / Side, w = (float)z / Side;
        float perlin = 0, amplitude = 0.55f;
        for (int octave = 0, period = 4; octave < 4; octave++, period *= 2, amplitude *= 0.5f)
            perlin += amplitude * GradientNoise.Periodic(u * period, v * period, w * period, period, seed + (uint)octave);
        float cells = 0.58f * Billow(u, v, w, 5, seed + 11) + 0.28f * Billow(u, v, w, 10, seed + 12)
            + 0.14f * Billow(u, v, w, 20, seed + 13);
        float smooth = Curve.Saturate(perlin * 0.9f + 0.5f);
        return Curve.Saturate(0.45f * smooth + 0.62f * cells * (0.55f + 0.6f * smooth));
    }

    /// <summary>Inverted distance to the nearest of scattered points (Worley, "A Cellular Texture Basis Function", 1996).</summary>
    private static float Billow(float u, float v, float w, int period, uint seed)
    {
        float x = u * period, y = v * period, z = w * period;
        int ix = (int)x, iy = (int)y, iz = (int)z;
        float nearest = 10;
        for (int dz = -1; dz <= 1; dz++)
        {
            for (int dy = -1; dy <= 1; dy++)
            {
                for (int dx = -1; dx <= 1; dx++)
                {
                    uint h = Hash.Of((ix + dx + period) % period, (iy + dy + period) % period, (iz + dz + period) % period, seed);
                    float px = ix + dx + (h & 1023) / 1024f - x, py = iy + dy + (h >> 10 & 1023) / 1024f - y;
                    float pz = iz + dz + (h >> 20 & 1023) / 1024f - z;
                    nearest = MathF.Min(nearest, px * px + py * py + pz * pz);
                }
            }
        }

        return 1 - MathF.Min(1, MathF.Sqrt(nearest));
    }
}
