using System.Numerics;

namespace PhotoStyle.SceneRenderer.Geometry;

/// <summary>A ray with a normalised direction in world space (metres; x right, y up, z away from the viewer).</summary>
internal readonly struct Ray(Vector3 origin, Vector3 direction)
{
    public readonly Vector3 Origin = origin;
    public readonly Vector3 Direction = direction;
    public readonly Vector3 Inverse = new(Reciprocal(direction.X), Reciprocal(direction.Y), Reciprocal(direction.Z));

    public Vector3 At(float t) => Origin + Direction * t;

    // A zero component would give infinity times zero in the slab test.
    private static float Reciprocal(float x) => 1f / (MathF.Abs(x) < 1e-12f ? 1e-12f : x);
}
