using PhotoStyle.SceneRenderer.Noise;

namespace PhotoStyle.SceneRenderer.Terrain;

/// <summary>
/// Carves gullies and fills valleys by water drops that run downhill, one after the other
/// (Beyer, "Implementation of a method for hydraulic erosion", TU München 2015). One thread: the order of drops is part of the result.
/// </summary>
internal static class HydraulicErosion
{
    private const int Lifetime = 56;
    private const float Inertia = 0.06f, Evaporation = 0.018f, Erode = 0.32f, Deposit = 0.25f, CapacityFactor = 7f, MinimumSlope = 0.01f;

    /// <summary>Changes the heights, given in units of the node distance, in place.</summary>
    public static void Apply(float[] heights, int side, int drops, uint seed)
    {
        var random = new RandomStream(seed);
        for (int i = 0; i < drops; i++)
            Run(heights, side, random.Range(1, side - 2), random.Range(1, side - 2));
    }

    private static void Run(float[] h, int side, float x, float z)
    {
        float directionX = 0, directionZ = 0, speed = 1, water = 1, sediment = 0;
        for (int step = 0; step < Lifetime; step++)
        {
            int ix = (int)x, iz = (int)z;
            float fx = x - ix, fz = z - iz;
            int i = iz * side + ix;
            float a = h[i], b = h[i + 1], c = h[i + side], d = h[i + side + 1];
            float gradientX = (b - a) * (1 - fz) + (d - c) * fz, gradientZ = (c - a) * (1 - fx) + (d - b) * fx;
            float height = a * (1 - fx) * (1 - fz) + b * fx * (1 - fz) + c * (1 - fx) * fz + d * fx * fz;
            directionX = directionX * Inertia - gradientX * (1 - Inertia);
            directionZ = directionZ * Inertia - gradientZ * (1 - Inertia);
            float length = MathF.Sqrt(directionX * directionX + directionZ * directionZ);
            if (length < 1e-6f) return;
            directionX /= length;
            directionZ /= length;
            x += directionX;
            z += directionZ;
            if (x < 1 || z < 1 || x >= side - 2 || z >= side - 2) return;
            float drop = height - Interpolate(h, side, x, z);
            float capacity = MathF.Max(drop, MinimumSlope) * speed * water * CapacityFactor;
            float change = drop < 0
                ? MathF.Min(-drop, sediment)
                : sediment > capacity ? (sediment - capacity) * Deposit : -MathF.Min((capacity - sediment) * Erode, drop);
            sediment -= change;
            h[i] += change * (1 - fx) * (1 - fz);
            h[i + 1] += change * fx * (1 - fz);
            h[i + side] += change * (1 - fx) * fz;
            h[i + side + 1] += change * fx * fz;
            speed = MathF.Sqrt(MathF.Max(0.01f, speed * speed + drop * 2));
            water *= 1 - Evaporation;
        }
    }

    private static float Interpolate(float[] h, int side, float x, float z)
    {
        int ix = (int)x, iz = (int)z;
        float fx = x - ix, fz = z - iz;
        int i = iz * side + ix;
        return (h[i] * (1 - fx) + h[i + 1] * fx) * (1 - fz) + (h[i + side] * (1 - fx) + h[i + side + 1] * fx) * fz;
    }
}
