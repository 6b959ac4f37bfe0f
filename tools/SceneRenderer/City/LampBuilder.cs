using System.Numerics;
using PhotoStyle.SceneRenderer.Geometry;

namespace PhotoStyle.SceneRenderer.City;

/// <summary>A street lamp: a post with a globe, one unit high.</summary>
internal static class LampBuilder
{
    public static Mesh Build()
    {
        var t = new List<Triangle>();
        MeshParts.Trunk(t, 0, 1.4f, 0.012f);
        Vector3[] ring = [Vector3.UnitX, Vector3.UnitZ, -Vector3.UnitX, -Vector3.UnitZ];
        var center = new Vector3(0, 1, 0);
        for (int i = 0; i < 4; i++)
        {
            Vector3 a = center + ring[i] * 0.07f, b = center + ring[(i + 1) % 4] * 0.07f;
            t.Add(MeshParts.Face(a, center + new Vector3(0, 0.08f, 0), b, SurfaceKind.Lamp));
            t.Add(MeshParts.Face(a, b, center - new Vector3(0, 0.08f, 0), SurfaceKind.Lamp));
        }

        return new Mesh(t);
    }
}
