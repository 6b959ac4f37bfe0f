using System.Numerics;
using PhotoStyle.SceneRenderer.Geometry;
using PhotoStyle.SceneRenderer.Noise;

namespace PhotoStyle.SceneRenderer.Terrain;

/// <summary>Boulders: a subdivided octahedron, cut by planes and roughened. About one unit in radius.</summary>
internal static class RockBuilder
{
    public static Mesh Build(uint seed, int subdivisions)
    {
        var random = new RandomStream(seed);
        var cuts = new Plane[9];
        for (int i = 0; i < cuts.Length; i++)
        {
            var n = Vector3.Normalize(new Vector3(random.Range(-1, 1), random.Range(-0.8f, 1), random.Range(-1, 1)));
            cuts[i] = new Plane(n, random.Range(0.55f, 0.85f));
        }

        var triangles = new List<Triangle>();
        Vector3[] corners = [Vector3.UnitX, Vector3.UnitZ, -Vector3.UnitX, -Vector3.UnitZ];
        for (int i = 0; i < 4; i++)
        {
            Subdivide(triangles, corners[i], Vector3.UnitY, corners[(i + 1) % 4], subdivisions, cuts, seed);
            Subdivide(triangles, corners[i], corners[(i + 1) % 4], -Vector3.UnitY, subdivisions, cuts, seed);
        }

        return new Mesh(triangles);
    }

    private static void Subdivide(List<Triangle> triangles, Vector3 a, Vector3 b, Vector3 c, int level, Plane[] cuts, uint seed)
    {
        if (level == 0)
        {
            Vector3 pa = Displace(a, cuts, seed), pb = Displace(b, cuts, seed), pc = Displace(c, cuts, seed);
            Vector3 flat = Vector3.Normalize(Vector3.Cross(pb - pa, pc - pa)), radial = Vector3.Normalize(pa + pb + pc);
            if (Vector3.Dot(flat, radial) < 0) flat = -flat;
            triangles.Add(MeshParts.Face(pa, pb, pc, Vector3.Normalize(flat + radial * 0.15f), SurfaceKind.Rock, 1));
            return;
        }

        Vector3 ab = Vector3.Normalize(a + b), bc = Vector3.Normalize(b + c), ca = Vector3.Normalize(c + a);
        Subdivide(triangles, a, ab, ca, level - 1, cuts, seed);
        Subdivide(triangles, ab, b, bc, level - 1, cuts, seed);
        Subdivide(triangles, ca, bc, c, level - 1, cuts, seed);
        Subdivide(triangles, ab, bc, ca, level - 1, cuts, seed);
    }

    private static Vector3 Displace(Vector3 direction, Plane[] cuts, uint seed)
    {
        float radius = 1;
        foreach (Plane cut in cuts)
        {
            float facing = Vector3.Dot(direction, cut.Normal);
            if (facing > 0) radius = MathF.Min(radius, cut.D / facing);
        }

        float rough = Fractal.Brownian(direction.X * 2 + direction.Y * 1.3f + 5, direction.Z * 2 - direction.Y * 1.1f, 4, seed);
        return direction * radius * (1 + 0.09f * rough);
    }
}
