using System.Numerics;
using PhotoStyle.SceneRenderer.Noise;

namespace PhotoStyle.SceneRenderer.Water;

/// <summary>
/// Ripples as a normal that varies over the water. Waves smaller than a pixel are drawn at random from their slope distribution,
/// which is close to a Gaussian (Cox and Munk 1954): that is what draws reflections out into columns.
/// </summary>
internal static class WaterSurface
{
    private const int Octaves = 7;

    public static Vector3 Normal(Vector3 p, float distance, float grazing, float slope, uint seed, ref RandomStream random)
    {
        // Gusts: darker ruffled lanes beside smooth water.
        float gusts = 0.42f + 0.85f * Curve.SmoothStep(-0.3f, 0.4f, Fractal.Brownian(p.X / 130, p.Z / 42, 4, seed + 1));
        float footprintAcross = distance * 0.0011f, footprintAlong = footprintAcross / MathF.Max(grazing, 0.01f);
        float slopeX = 0, slopeZ = 0, unresolved = 0, wavelength = 9;
        for (int i = 0; i < Octaves; i++)
        {
            float footprint = MathF.Sqrt(footprintAcross * footprintAlong);
            float resolved = Curve.SmoothStep(0.35f, 1.1f, wavelength / (footprint * 2.2f));
            float amplitude = slope * gusts * (i is 1 or 2 or 3 ? 0.62f : 0.42f);
            if (resolved > 0)
            {
                // Crests lie across the wind: longer from left to right than towards the viewer.
                float u = p.X / (wavelength * 1.9f) + i * 7.3f, v = p.Z / wavelength + i * 3.1f;
                slopeX += amplitude * resolved * 0.7f * GradientNoise.At(u, v, seed + 11 + (uint)i);
                slopeZ += amplitude * resolved * 1.5f * GradientNoise.At(u + 31, v + 17, seed + 31 + (uint)i);
            }

            unresolved += amplitude * amplitude * (1 - resolved * resolved);
            wavelength *= 0.52f;
        }

        float radius = MathF.Sqrt(-2 * MathF.Log(1 - random.Next() * 0.995f) * unresolved * 0.5f), angle = MathF.Tau * random.Next();
        return Vector3.Normalize(new Vector3(slopeX + 0.7f * radius * MathF.Cos(angle), 1, slopeZ + 1.1f * radius * MathF.Sin(angle)));
    }

    /// <summary>Reflectance of water by Schlick's approximation (1994), 2 % at normal incidence.</summary>
    public static float Fresnel(float cosine) => 0.02f + 0.98f * MathF.Pow(1 - Curve.Saturate(cosine), 5);
}
