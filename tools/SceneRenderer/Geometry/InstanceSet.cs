namespace PhotoStyle.SceneRenderer.Geometry;

/// <summary>All placed meshes, in one tree.</summary>
internal sealed class InstanceSet
{
    private readonly Instance[] instances;
    private readonly BoundsTree tree;

    public InstanceSet(IReadOnlyList<Instance> placed)
    {
        instances = [.. placed];
        tree = new BoundsTree([.. instances.Select(i => i.Bounds)]);
    }

    public bool Occludes(in Ray ray, float limit)
    {
        var visitor = new Visitor(instances, true);
        return tree.Traverse(ray, ref visitor, ref limit, true);
    }

    public bool Intersect(in Ray ray, ref float limit, ref Hit hit)
    {
        var visitor = new Visitor(instances, false);
        if (!tree.Traverse(ray, ref visitor, ref limit, false)) return false;
        ref readonly Instance instance = ref instances[visitor.Nearest];
        Triangle triangle = instance.Mesh.Triangles[visitor.Triangle];
        hit.Distance = limit;
        hit.Position = ray.At(limit);
        hit.Normal = instance.NormalToWorld(triangle.Normal);
        hit.Kind = triangle.Kind;
        hit.Class = instance.Class;
        hit.Openness = triangle.Openness;
        hit.Individual = instance.Individual;
        return true;
    }

    private struct Visitor(Instance[] instances, bool anyHit) : ILeafVisitor
    {
        public int Nearest, Triangle;

        public bool Visit(int primitive, in Ray ray, ref float limit)
        {
            ref readonly Instance instance = ref instances[primitive];
            // The direction is not normalised again: distances along the local ray are those of the world.
            var local = new Ray(instance.ToLocal(ray.Origin - instance.Position), instance.ToLocal(ray.Direction));
            int triangle = instance.Mesh.Intersect(local, ref limit, anyHit);
            if (triangle < 0) return false;
            (Nearest, Triangle) = (primitive, triangle);
            return true;
        }
    }
}
