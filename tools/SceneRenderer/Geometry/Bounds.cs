using System.Numerics;

namespace PhotoStyle.SceneRenderer.Geometry;

/// <summary>An axis-aligned box.</summary>
internal readonly record struct Bounds(Vector3 Min, Vector3 Max)
{
    public static readonly Bounds Empty = new(new Vector3(float.MaxValue), new Vector3(float.MinValue));

    public Vector3 Center => (Min + Max) * 0.5f;

    public Bounds Including(Bounds other) => new(Vector3.Min(Min, other.Min), Vector3.Max(Max, other.Max));

    public Bounds Including(Vector3 point) => new(Vector3.Min(Min, point), Vector3.Max(Max, point));

    /// <summary>Half the surface: what the surface area heuristic needs.</summary>
    public float HalfArea
    {
        get
        {
            Vector3 e = Vector3.Max(Max - Min, Vector3.Zero);
            return e.X * e.Y + e.Y * e.Z + e.Z * e.X;
        }
    }
}
