using System.Numerics;

namespace PhotoStyle.SceneRenderer.Geometry;

/// <summary>Bounding volume hierarchy built with the binned surface area heuristic (Wald, "On fast Construction of SAH-based BVHs",
/// 2007).</summary>
internal sealed class BoundsTree
{
    private const int LeafSize = 3, Bins = 12;

    private readonly int[] order;
    private readonly Node[] nodes;

    public BoundsTree(Bounds[] primitives)
    {
        order = new int[primitives.Length];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        var built = new List<Node>();
        if (order.Length > 0) Build(built, primitives, 0, order.Length);
        nodes = [.. built];
    }

    public Bounds Bounds => nodes.Length == 0 ? Bounds.Empty : new Bounds(nodes[0].Min, nodes[0].Max);

    /// <summary>Visits the leaves that the ray crosses, near boxes first; stops at the first hit when <paramref name="anyHit"/>.</summary>
    public bool Traverse<T>(in Ray ray, ref T visitor, ref float limit, bool anyHit)
        where T : struct, ILeafVisitor
    {
        if (nodes.Length == 0 || Entry(nodes[0], ray, limit) == float.MaxValue) return false;
        Span<int> stack = stackalloc int[64];
        int depth = 0, current = 0;
        bool found = false;
        while (true)
        {
            ref readonly Node node = ref nodes[current];
            if (node.Count > 0)
            {
                for (int i = 0; i < node.Count; i++)
                {
                    if (!visitor.Visit(order[node.Link + i], ray, ref limit)) continue;
                    found = true;
                    if (anyHit) return true;
                }
            }
            else
            {
                int left = current + 1, right = node.Link;
                float enterLeft = Entry(nodes[left], ray, limit), enterRight = Entry(nodes[right], ray, limit);
                if (enterLeft > enterRight)
                {
                    (left, right) = (right, left);
                    (enterLeft, enterRight) = (enterRight, enterLeft);
                }

                if (enterLeft < float.MaxValue)
                {
                    if (enterRight < float.MaxValue) stack[depth++] = right;
                    current = left;
                    continue;
                }
            }

            do
            {
                if (depth == 0) return found;
                current = stack[--depth];
            }
            while (Entry(nodes[current], ray, limit) == float.MaxValue);
        }
    }

    private static float Entry(in Node node, in Ray ray, float limit)
    {
        Vector3 a = (node.Min - ray.Origin) * ray.Inverse, b = (node.Max - ray.Origin) * ray.Inverse;
        Vector3 near = Vector3.Min(a, b), far = Vector3.Max(a, b);
        float enter = MathF.Max(MathF.Max(near.X, near.Y), MathF.Max(near.Z, 0));
        float leave = MathF.Min(MathF.Min(far.X, far.Y), MathF.Min(far.Z, limit));
        return enter <= leave ? enter : float.MaxValue;
    }

    private void Build(List<Node> built, Bounds[] boxes, int first, int count)
    {
        Bounds all = Bounds.Empty, centers = Bounds.Empty;
        for (int i = first; i < first + count; i++)
        {
            all = all.Including(boxes[order[i]]);
            centers = centers.Including(boxes[order[i]].Center);
        }

        int index = built.Count;
        built.Add(new Node(all.Min, first, all.Max, count));
        if (count <= LeafSize) return;
        int middle = Split(boxes, first, count, centers);
        Build(built, boxes, first, middle - first);
        int right = built.Count;
        Build(built, boxes, middle, first + count - middle);
        built[index] = new Node(all.Min, right, all.Max, 0);
    }

    private int Split(Bounds[] boxes, int first, int count, Bounds centers)
    {
        Vector3 extent = centers.Max - centers.Min;
        int axis = extent.X >= extent.Y && extent.X >= extent.Z ? 0 : extent.Y >= extent.Z ? 1 : 2;
        if (extent[axis] <= 0) return first + count / 2;
        float scale = Bins / extent[axis] * 0.9999f, origin = centers.Min[axis];
        Span<int> sizes = stackalloc int[Bins];
        var binBoxes = new Bounds[Bins];
        sizes.Clear();
        Array.Fill(binBoxes, Bounds.Empty);
        for (int i = first; i < first + count; i++)
        {
            Bounds box = boxes[order[i]];
            int bin = (int)((box.Center[axis] - origin) * scale);
            sizes[bin]++;
            binBoxes[bin] = binBoxes[bin].Including(box);
        }

        Span<float> rightCost = stackalloc float[Bins];
        Bounds sweep = Bounds.Empty;
        int total = 0;
        for (int i = Bins - 1; i > 0; i--)
        {
            sweep = sweep.Including(binBoxes[i]);
            total += sizes[i];
            rightCost[i] = total == 0 ? 0 : sweep.HalfArea * total;
        }

        sweep = Bounds.Empty;
        total = 0;
        int best = 1;
        float bestCost = float.MaxValue;
        for (int i = 0; i < Bins - 1; i++)
        {
            sweep = sweep.Including(binBoxes[i]);
            total += sizes[i];
            if (total == 0 || total == count) continue;
            float cost = sweep.HalfArea * total + rightCost[i + 1];
            if (cost < bestCost) (bestCost, best) = (cost, i + 1);
        }

        int low = first, high = first + count - 1;
        while (low <= high)
        {
            int bin = (int)((boxes[order[low]].Center[axis] - origin) * scale);
            if (bin < best) low++;
            else (order[low], order[high]) = (order[high--], order[low]);
        }

        return low == first || low == first + count ? first + count / 2 : low;
    }

    /// <summary>A leaf links to its first primitive; an inner node to its right child, the left one follows it.</summary>
    private readonly record struct Node(Vector3 Min, int Link, Vector3 Max, int Count);
}
