using System.Numerics;
using PhotoStyle.SceneRenderer.Rendering;

namespace PhotoStyle.SceneRenderer.Geometry;

/// <summary>A mesh placed in the world: turned about the vertical, stretched, moved.</summary>
internal readonly record struct Instance(Mesh Mesh, Vector3 Position, float Yaw, float Width, float Height, SceneClass Class,
    float Individual)
{
    private readonly float cos = MathF.Cos(Yaw), sin = MathF.Sin(Yaw);

    public Vector3 ToLocal(Vector3 v) => new((cos * v.X + sin * v.Z) / Width, v.Y / Height, (cos * v.Z - sin * v.X) / Width);

    public Vector3 NormalToWorld(Vector3 n)
    {
        var scaled = new Vector3(n.X / Width, n.Y / Height, n.Z / Width);
        return Vector3.Normalize(new Vector3(cos * scaled.X - sin * scaled.Z, scaled.Y, sin * scaled.X + cos * scaled.Z));
    }

    public Bounds Bounds
    {
        get
        {
            Bounds local = Mesh.Bounds;
            float radius = Width * MathF.Sqrt(
                MathF.Pow(MathF.Max(-local.Min.X, local.Max.X), 2) + MathF.Pow(MathF.Max(-local.Min.Z, local.Max.Z), 2));
            return new Bounds(
                Position + new Vector3(-radius, local.Min.Y * Height, -radius), Position
                    + new Vector3(radius, local.Max.Y * Height, radius));
        }
    }
}
