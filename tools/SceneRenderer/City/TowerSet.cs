using System.Numerics;
using PhotoStyle.SceneRenderer.Geometry;
using PhotoStyle.SceneRenderer.Rendering;

namespace PhotoStyle.SceneRenderer.City;

/// <summary>All buildings, in one tree.</summary>
internal sealed class TowerSet
{
    private readonly Tower[] towers;
    private readonly BoundsTree tree;

    public TowerSet(IReadOnlyList<Tower> built)
    {
        towers = [.. built];
        tree = new BoundsTree([.. towers.Select(t => t.Bounds)]);
    }

    public bool Occludes(in Ray ray, float limit)
    {
        var visitor = new Visitor(towers);
        return tree.Traverse(ray, ref visitor, ref limit, true);
    }

    public bool Intersect(in Ray ray, ref float limit, ref Hit hit)
    {
        var visitor = new Visitor(towers);
        if (!tree.Traverse(ray, ref visitor, ref limit, false)) return false;
        ref readonly Tower tower = ref towers[visitor.Nearest];
        Vector3 local = tower.ToLocal(ray.At(limit) - tower.Foot), normal = visitor.Normal;
        hit = new Hit
        {
            Kind = SurfaceKind.Facade,
            Class = tower.Style == FacadeStyle.Quay ? SceneClass.Shore : SceneClass.Building,
            Normal = tower.ToWorld(normal),
            Openness = 1,
            Individual = tower.Individual,
            Style = (int)tower.Style,
            // The four sides continue one another, so that corners do not mirror each other's windows.
            Facade = MathF.Abs(normal.X) > 0.5f
                ? new Vector2(local.Z + tower.HalfZ + (normal.X > 0 ? 211 : 97), local.Y)
                : new Vector2(local.X + tower.HalfX + (normal.Z > 0 ? 331 : 0), local.Y),
        };
        return true;
    }

    private struct Visitor(Tower[] towers) : ILeafVisitor
    {
        public int Nearest;
        public Vector3 Normal;

        public bool Visit(int primitive, in Ray ray, ref float limit)
        {
            ref readonly Tower tower = ref towers[primitive];
            var local = new Ray(tower.ToLocal(ray.Origin - tower.Foot), tower.ToLocal(ray.Direction));
            var low = new Vector3(-tower.HalfX, 0, -tower.HalfZ);
            var high = new Vector3(tower.HalfX, tower.Height, tower.HalfZ);
            Vector3 a = (low - local.Origin) * local.Inverse, b = (high - local.Origin) * local.Inverse;
            Vector3 near = Vector3.Min(a, b), far = Vector3.Max(a, b);
            float enter = MathF.Max(near.X, MathF.Max(near.Y, near.Z)), leave = MathF.Min(far.X, MathF.Min(far.Y, far.Z));
            if (enter > leave || enter <= 0 || enter >= limit) return false;
            limit = enter;
            Nearest = primitive;
            Normal = enter == near.X ? new Vector3(-MathF.Sign(local.Direction.X), 0, 0)
                : enter == near.Y ? new Vector3(0, -MathF.Sign(local.Direction.Y), 0)
                : new Vector3(0, 0, -MathF.Sign(local.Direction.Z));
            return true;
        }
    }
}
