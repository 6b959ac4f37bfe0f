using System.Numerics;
using PhotoStyle.SceneRenderer.Geometry;
using PhotoStyle.SceneRenderer.Noise;

namespace PhotoStyle.SceneRenderer.Vegetation;

/// <summary>Broad-leaved trees and bushes: clumps of leaves around a few branches. One unit high, about 0.8 wide.</summary>
internal static class BroadleafBuilder
{
    public static Mesh Build(uint seed, int clumps, int leaves, float leafSize, float stem)
    {
        var random = new RandomStream(seed);
        var triangles = new List<Triangle>();
        if (stem > 0) MeshParts.Trunk(triangles, 0, stem + 0.35f, 0.028f);
        float middle = stem + (1 - stem) * 0.48f;
        for (int c = 0; c < clumps; c++)
        {
            Vector3 d = Sphere(ref random);
            float spread = random.Range(0.12f, 0.34f);
            var center = new Vector3(d.X * spread, middle + d.Y * (1 - stem) * 0.32f, d.Z * spread);
            float radius = random.Range(0.08f, 0.19f);
            for (int l = 0; l < leaves; l++)
            {
                Vector3 n = Sphere(ref random);
                float depth = MathF.Pow(random.Next(), 0.4f);
                Vector3 p = center + new Vector3(n.X, n.Y * 0.8f, n.Z) * (radius * depth);
                Vector3 a = Sphere(ref random) * leafSize, b = Vector3.Cross(Sphere(ref random), a);
                Vector3 crown = Vector3.Normalize(p - new Vector3(0, middle - 0.1f, 0));
                float open = Curve.Saturate(0.25f + 0.5f * depth + 0.5f * ((p - new Vector3(0, middle, 0)).Length() / 0.42f - 0.6f)
                    + 0.3f * n.Y);
                triangles.Add(MeshParts.Face(
                    p - a * 0.5f, p + a * 0.5f, p + b * random.Range(0.6f, 1f),
                        Vector3.Normalize(n * 0.6f + crown * 0.6f + Vector3.UnitY * 0.15f), SurfaceKind.Leaves, open));
            }
        }

        return new Mesh(triangles);
    }

    private static Vector3 Sphere(ref RandomStream random)
    {
        float y = random.Range(-1, 1), a = random.Range(0, MathF.Tau), r = MathF.Sqrt(1 - y * y);
        return new Vector3(r * MathF.Cos(a), y, r * MathF.Sin(a));
    }
}
