using System.Numerics;

namespace PhotoStyle.SceneRenderer.Geometry;

/// <summary>A prototype: triangles in their own coordinates with a tree of boxes.</summary>
internal sealed class Mesh
{
    private readonly BoundsTree tree;

    public Mesh(IReadOnlyList<Triangle> triangles)
    {
        Triangles = [.. triangles];
        tree = new BoundsTree([.. Triangles.Select(t => t.Bounds)]);
    }

    public Triangle[] Triangles { get; }

    public Bounds Bounds => tree.Bounds;

    /// <summary>The nearest triangle within the limit, or -1.</summary>
    public int Intersect(in Ray ray, ref float limit, bool anyHit)
    {
        var visitor = new Visitor(Triangles);
        return tree.Traverse(ray, ref visitor, ref limit, anyHit) ? visitor.Nearest : -1;
    }

    private struct Visitor(Triangle[] triangles) : ILeafVisitor
    {
        public int Nearest;

        /// <summary>The test of Möller and Trumbore, "Fast, Minimum Storage Ray/Triangle Intersection" (1997), both sides.</summary>
        public bool Visit(int primitive, in Ray ray, ref float limit)
        {
            ref readonly Triangle t = ref triangles[primitive];
            Vector3 p = Vector3.Cross(ray.Direction, t.Edge2);
            float determinant = Vector3.Dot(t.Edge1, p);
            if (MathF.Abs(determinant) < 1e-14f) return false;
            float inverse = 1f / determinant;
            Vector3 s = ray.Origin - t.Corner;
            float u = Vector3.Dot(s, p) * inverse;
            if (u < 0 || u > 1) return false;
            Vector3 q = Vector3.Cross(s, t.Edge1);
            float v = Vector3.Dot(ray.Direction, q) * inverse;
            if (v < 0 || u + v > 1) return false;
            float distance = Vector3.Dot(t.Edge2, q) * inverse;
            if (distance <= 0 || distance >= limit) return false;
            limit = distance;
            Nearest = primitive;
            return true;
        }
    }
}
