using System.Numerics;

namespace PhotoStyle.SceneRenderer.Geometry;

/// <summary>A triangle of a prototype mesh, one unit high.</summary>
internal readonly record struct Triangle(Vector3 Corner, Vector3 Edge1, Vector3 Edge2, Vector3 Normal, SurfaceKind Kind, float Openness)
{
    public Bounds Bounds =>
        new(Vector3.Min(Corner, Vector3.Min(Corner + Edge1, Corner + Edge2)),
            Vector3.Max(Corner, Vector3.Max(Corner + Edge1, Corner + Edge2)));
}
