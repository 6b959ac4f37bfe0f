using System.Numerics;
using PhotoStyle.SceneRenderer.Geometry;
using PhotoStyle.SceneRenderer.Noise;

namespace PhotoStyle.SceneRenderer.Vegetation;

/// <summary>Spruces: whorls of drooping branches, each a comb of twigs. One unit high, about 0.35 wide.</summary>
internal static class ConiferBuilder
{
    public static Mesh Build(uint seed, int whorls, int branches, int twigs)
    {
        var random = new RandomStream(seed);
        var triangles = new List<Triangle>();
        MeshParts.Trunk(triangles, 0, 0.97f, 0.016f);
        // A narrow or a wide tree, full or thin: individuals of one wood differ.
        float width = random.Range(0.13f, 0.19f), power = random.Range(0.7f, 1.05f), lowest = random.Range(0.04f, 0.12f);
        for (int w = 0; w < whorls; w++)
        {
            float y = lowest + (0.985f - lowest) * w / (whorls - 1f) + random.Range(-0.006f, 0.006f);
            float reach = width * MathF.Pow(1 - y, power) + 0.006f;
            float turn = w * 2.39996f;
            for (int b = 0; b < branches; b++)
            {
                if (random.Next() < 0.1f) continue;
                float azimuth = turn + MathF.Tau * b / branches + random.Range(-0.25f, 0.25f);
                float length = reach * random.Range(0.6f, 1.12f);
                float tilt = Curve.Lerp(-0.55f, 0.55f, y * y) + random.Range(-0.12f, 0.12f);
                Branch(triangles, ref random, y, azimuth, length, tilt, twigs, reach);
            }
        }

        return new Mesh(triangles);
    }

    private static void Branch(
        List<Triangle> triangles, ref RandomStream random, float y, float azimuth, float length, float tilt, int twigs, float reach)
    {
        var outward = new Vector3(MathF.Cos(azimuth), 0, MathF.Sin(azimuth));
        var side = new Vector3(-outward.Z, 0, outward.X);
        var along = Vector3.Normalize(outward + new Vector3(0, tilt, 0));
        var root = new Vector3(0, y, 0);
        for (int k = 0; k < twigs; k++)
        {
            float from = (k + 0.2f) / twigs, to = (k + 1.5f) / twigs;
            // Branches sag under their weight and rise again at the tip.
            Vector3 start = root + along * (length * from) - Vector3.UnitY * (length * 0.22f * from * (1 - from));
            Vector3 next = root + along * (length * MathF.Min(to, 1.08f)) - Vector3.UnitY * (length * 0.18f * to * MathF.Max(0, 1 - to));
            float twig = length * (0.42f - 0.3f * from) + 0.004f;
            float openness = 0.22f + 0.78f * MathF.Pow(length * (from + to) * 0.5f / (reach + 1e-4f), 0.9f);
            Vector3 normal = Vector3.Normalize(outward * 0.75f + Vector3.UnitY * 0.55f);
            for (int s = -1; s <= 1; s += 2)
            {
                Vector3 tip = start + (along * random.Range(0.45f, 0.8f) + side * s * random.Range(0.7f, 1f)) * twig
                    - Vector3.UnitY * (twig * random.Range(0.15f, 0.5f));
                triangles.Add(MeshParts.Face(start, tip, next, Vector3.Normalize(normal + side * s * 0.3f), SurfaceKind.Needles,
                    MathF.Min(1, openness)));
            }
        }
    }
}
