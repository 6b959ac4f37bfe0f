using System.Numerics;
using PhotoStyle.SceneRenderer.Geometry;

namespace PhotoStyle.SceneRenderer.City;

/// <summary>A wooden house with a gable roof and lit windows. One unit wide (x), 1.5 deep.</summary>
internal static class HouseBuilder
{
    public static Mesh Build()
    {
        const float w = 0.5f, d = 0.75f, wall = 0.55f, ridge = 0.98f, eave = 0.1f;
        var t = new List<Triangle>();
        MeshParts.Quad(t, new(-w, -0.5f, -d), new(-w, wall, -d), new(w, wall, -d), new(w, -0.5f, -d), SurfaceKind.Bark);
        MeshParts.Quad(t, new(w, -0.5f, d), new(w, wall, d), new(-w, wall, d), new(-w, -0.5f, d), SurfaceKind.Bark);
        MeshParts.Quad(t, new(-w, -0.5f, d), new(-w, wall, d), new(-w, wall, -d), new(-w, -0.5f, -d), SurfaceKind.Bark);
        MeshParts.Quad(t, new(w, -0.5f, -d), new(w, wall, -d), new(w, wall, d), new(w, -0.5f, d), SurfaceKind.Bark);
        t.Add(MeshParts.Face(new(-w, wall, -d), new(0, ridge, -d), new(w, wall, -d), SurfaceKind.Bark));
        t.Add(MeshParts.Face(new(w, wall, d), new(0, ridge, d), new(-w, wall, d), SurfaceKind.Bark));
        float low = wall - eave * (ridge - wall) / w;
        for (int s = -1; s <= 1; s += 2)
        {
            Vector3 a = new(s * (w + eave), low, -d - eave), b = new(s * (w + eave), low, d + eave), c = new(0, ridge + 0.03f, d + eave),
                e = new(0, ridge + 0.03f, -d - eave);
            if (s < 0) MeshParts.Quad(t, a, b, c, e, SurfaceKind.Flat);
            else MeshParts.Quad(t, e, c, b, a, SurfaceKind.Flat);
        }

        for (int i = 0; i < 3; i++)
        {
            float x = -0.3f + 0.3f * i;
            Window(t, new(x - 0.07f, 0.2f, -d - 0.01f), new(0.14f, 0, 0));
            float z = -0.5f + 0.45f * i;
            Window(t, new(-w - 0.01f, 0.2f, z), new(0, 0, 0.16f));
            Window(t, new(w + 0.01f, 0.2f, z), new(0, 0, 0.16f));
        }

        return new Mesh(t);
    }

    private static void Window(List<Triangle> t, Vector3 corner, Vector3 across) =>
        MeshParts.Quad(t, corner, corner + new Vector3(0, 0.2f, 0), corner + across + new Vector3(0, 0.2f, 0), corner + across,
            SurfaceKind.Window);
}
