using System.Runtime.CompilerServices;

namespace PhotoStyle.SceneRenderer.Noise;

/// <summary>Gradient noise with the quintic fade of Perlin, "Improving Noise" (SIGGRAPH 2002), on hashed lattices. Range about [-1,
/// 1].</summary>
internal static class GradientNoise
{
    private static readonly float[] GradientX = new float[256];
    private static readonly float[] GradientY = new float[256];

    static GradientNoise()
    {
        for (int i = 0; i < 256; i++)
        {
            GradientX[i] = MathF.Cos(i * MathF.Tau / 256f);
            GradientY[i] = MathF.Sin(i * MathF.Tau / 256f);
        }
    }

    public static float At(float x, float y, uint seed)
    {
        float floorX = MathF.Floor(x), floorY = MathF.Floor(y);
        int ix = (int)floorX, iy = (int)floorY;
        float fx = x - floorX, fy = y - floorY;
        float bottom = Lerp(Corner(ix, iy, seed, fx, fy), Corner(ix + 1, iy, seed, fx - 1, fy), Fade(fx));
        float top = Lerp(Corner(ix, iy + 1, seed, fx, fy - 1), Corner(ix + 1, iy + 1, seed, fx - 1, fy - 1), Fade(fx));
        return Lerp(bottom, top, Fade(fy)) * 1.41f;
    }

    /// <summary>Three-dimensional noise that repeats with the given period (a whole number of lattice cells).</summary>
    public static float Periodic(float x, float y, float z, int period, uint seed)
    {
        float floorX = MathF.Floor(x), floorY = MathF.Floor(y), floorZ = MathF.Floor(z);
        float fx = x - floorX, fy = y - floorY, fz = z - floorZ;
        int x0 = Wrap((int)floorX, period), y0 = Wrap((int)floorY, period), z0 = Wrap((int)floorZ, period);
        int x1 = (x0 + 1) % period, y1 = (y0 + 1) % period, z1 = (z0 + 1) % period;
        float u = Fade(fx), v = Fade(fy), w = Fade(fz);
        float near = Lerp(
            Lerp(Corner(x0, y0, z0, seed, fx, fy, fz), Corner(x1, y0, z0, seed, fx - 1, fy, fz), u),
            Lerp(Corner(x0, y1, z0, seed, fx, fy - 1, fz), Corner(x1, y1, z0, seed, fx - 1, fy - 1, fz), u), v);
        float far = Lerp(
            Lerp(Corner(x0, y0, z1, seed, fx, fy, fz - 1), Corner(x1, y0, z1, seed, fx - 1, fy, fz - 1), u),
            Lerp(Corner(x0, y1, z1, seed, fx, fy - 1, fz - 1), Corner(x1, y1, z1, seed, fx - 1, fy - 1, fz - 1), u), v);
        return Lerp(near, far, w);
    }

    private static int Wrap(int i, int period)
    {
        int r = i % period;
        return r < 0 ? r + period : r;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Fade(float t) => t * t * t * (t * (t * 6 - 15) + 10);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Lerp(float a, float b, float t) => a + (b - a) * t;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Corner(int x, int y, uint seed, float dx, float dy)
    {
        uint direction = Hash.Of(x, y, seed) & 255u;
        return GradientX[direction] * dx + GradientY[direction] * dy;
    }

    private static float Corner(int x, int y, int z, uint seed, float dx, float dy, float dz)
    {
        uint h = Hash.Of(x, y, z, seed) & 15u;
        float u = h < 8 ? dx : dy;
        float v = h < 4 ? dy : h is 12 or 14 ? dx : dz;
        return ((h & 1) == 0 ? u : -u) + ((h & 2) == 0 ? v : -v);
    }
}
