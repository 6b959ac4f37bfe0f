using System.Numerics;
using PhotoStyle.SceneRenderer.Geometry;
using PhotoStyle.SceneRenderer.Noise;

namespace PhotoStyle.SceneRenderer.Vegetation;

/// <summary>A tuft of grass: bent blades of two triangles. One unit high and wide.</summary>
internal static class GrassBuilder
{
    public static Mesh Build(uint seed, int blades)
    {
        var random = new RandomStream(seed);
        var triangles = new List<Triangle>();
        for (int i = 0; i < blades; i++)
        {
            float a = random.Range(0, MathF.Tau), r = 0.5f * MathF.Sqrt(random.Next()), lean = random.Range(0, MathF.Tau);
            var foot = new Vector3(r * MathF.Cos(a), -0.1f, r * MathF.Sin(a));
            var direction = new Vector3(MathF.Cos(lean), 0, MathF.Sin(lean));
            Vector3 across = new Vector3(-direction.Z, 0, direction.X) * random.Range(0.012f, 0.026f);
            float height = random.Range(0.45f, 1f);
            Vector3 knee = foot + new Vector3(0, height * 0.65f, 0) + direction * (0.12f * height);
            Vector3 tip = foot + new Vector3(0, height, 0) + direction * random.Range(0.2f, 0.5f) * height;
            Vector3 normal = Vector3.Normalize(direction * 0.4f + Vector3.UnitY);
            triangles.Add(MeshParts.Face(foot - across, foot + across, knee, normal, SurfaceKind.Grass, 0.45f));
            triangles.Add(MeshParts.Face(knee - across * 0.7f, knee + across * 0.7f, tip, normal, SurfaceKind.Grass, 0.95f));
        }

        return new Mesh(triangles);
    }
}
