using System.Numerics;
using PhotoStyle.SceneRenderer.Noise;

namespace PhotoStyle.SceneRenderer.Sky;

/// <summary>Stars: points with a magnitude distribution like the real one (three times as many per magnitude), and star colours.</summary>
internal static class NightSky
{
    private const float CellsPerRadian = 110;

    public static Vector3 Stars(Vector3 direction, uint seed)
    {
        float u = MathF.Atan2(direction.X, direction.Z) * CellsPerRadian, v = MathF.Asin(Math.Clamp(direction.Y, -1, 1)) * CellsPerRadian;
        int cu = (int)MathF.Floor(u), cv = (int)MathF.Floor(v);
        Vector3 sum = Vector3.Zero;
        for (int dv = -1; dv <= 1; dv++)
        {
            for (int du = -1; du <= 1; du++)
            {
                uint h = Hash.Of(cu + du, cv + dv, seed);
                float x = cu + du + (h & 255) / 256f - u, y = cv + dv + (h >> 8 & 255) / 256f - v;
                float brightness = MathF.Pow(Hash.Unit(Hash.Mix(h)), 12) * 7f + 0.03f;
                float spread = 0.0008f;
                float shape = MathF.Exp(-(x * x + y * y) / (spread * 2));
                if (shape < 0.01f) continue;
                float heat = (h >> 16 & 255) / 256f;
                sum += brightness * shape * Vector3.Lerp(new Vector3(1f, 0.8f, 0.62f), new Vector3(0.72f, 0.85f, 1.1f), heat);
            }
        }

        return sum;
    }
}
