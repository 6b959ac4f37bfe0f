using System.Numerics;

namespace PhotoStyle.SceneRenderer.Geometry;

/// <summary>Pieces that several prototypes share.</summary>
internal static class MeshParts
{
    public static Triangle Face(Vector3 a, Vector3 b, Vector3 c, Vector3 normal, SurfaceKind kind, float openness) =>
        new(a, b - a, c - a, normal, kind, openness);

    public static Triangle Face(Vector3 a, Vector3 b, Vector3 c, SurfaceKind kind) =>
        new(a, b - a, c - a, Vector3.Normalize(Vector3.Cross(b - a, c - a)), kind, 1);

    public static void Quad(List<Triangle> triangles, Vector3 a, Vector3 b, Vector3 c, Vector3 d, SurfaceKind kind)
    {
        triangles.Add(Face(a, b, c, kind));
        triangles.Add(Face(a, c, d, kind));
    }

    /// <summary>A five-sided stem that tapers to a point.</summary>
    public static void Trunk(List<Triangle> triangles, float bottom, float top, float radius)
    {
        const int sides = 5;
        for (int i = 0; i < sides; i++)
        {
            float a = MathF.Tau * i / sides, b = MathF.Tau * (i + 1) / sides;
            var left = new Vector3(MathF.Cos(a) * radius, bottom - 0.02f, MathF.Sin(a) * radius);
            var right = new Vector3(MathF.Cos(b) * radius, bottom - 0.02f, MathF.Sin(b) * radius);
            triangles.Add(Face(left, right, new Vector3(0, top, 0),
                Vector3.Normalize(left + right - new Vector3(0, 2 * (bottom - 0.02f), 0)), SurfaceKind.Bark, 0.6f));
        }
    }
}
