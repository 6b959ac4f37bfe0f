using System.Numerics;
using PhotoStyle.SceneRenderer.Geometry;

namespace PhotoStyle.SceneRenderer.City;

/// <summary>A box on the ground: a building, a part of one, a wall. Half sizes in metres; turned by <paramref name="Yaw"/> about the
/// vertical.</summary>
internal readonly record struct Tower(Vector3 Foot, float HalfX, float HalfZ, float Height, float Yaw, FacadeStyle Style, float Individual)
{
    private readonly float cos = MathF.Cos(Yaw), sin = MathF.Sin(Yaw);

    public Vector3 ToLocal(Vector3 v) => new(cos * v.X + sin * v.Z, v.Y, cos * v.Z - sin * v.X);

    public Vector3 ToWorld(Vector3 v) => new(cos * v.X - sin * v.Z, v.Y, sin * v.X + cos * v.Z);

    public Bounds Bounds
    {
        get
        {
            float x = MathF.Abs(cos) * HalfX + MathF.Abs(sin) * HalfZ, z = MathF.Abs(sin) * HalfX + MathF.Abs(cos) * HalfZ;
            return new Bounds(Foot - new Vector3(x, 0, z), Foot + new Vector3(x, Height, z));
        }
    }
}
