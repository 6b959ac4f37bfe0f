using System.Numerics;
using PhotoStyle.SceneRenderer.Geometry;

namespace PhotoStyle.SceneRenderer.Terrain;

/// <summary>
/// Heights on a square grid, bilinear between the nodes, with a pyramid of maxima
/// (Tevs, Ihrke, Seidel, "Maximum Mipmaps for Fast, Accurate, and Scalable Dynamic Height Field Rendering", 2008): rays leap over
/// empty air.
/// </summary>
internal sealed class HeightField
{
    private readonly float[][] maxima;
    private readonly float[] heights;

    /// <param name="originX">Smallest x, metres.</param>
    /// <param name="originZ">Smallest z, metres.</param>
    /// <param name="cell">Distance of the nodes, metres.</param>
    /// <param name="cells">Cells per side, a power of two.</param>
    /// <param name="heights">(cells + 1)² heights, x fastest.</param>
    public HeightField(float originX, float originZ, float cell, int cells, float[] heights)
    {
        (OriginX, OriginZ, Cell, Cells) = (originX, originZ, cell, cells);
        this.heights = heights;
        maxima = BuildMaxima(cells, heights);
    }

    public float OriginX { get; }

    public float OriginZ { get; }

    public float Cell { get; }

    public int Cells { get; }

    private float Extent => Cell * Cells;

    /// <summary>Whether the place lies within the grid, at least <paramref name="margin"/> metres from its edge.</summary>
    public bool Contains(float x, float z, float margin = 0) =>
        x >= OriginX + margin && x <= OriginX + Extent - margin && z >= OriginZ + margin && z <= OriginZ + Extent - margin;

    public float HeightAt(float x, float z)
    {
        float gx = Math.Clamp((x - OriginX) / Cell, 0, Cells - 0.001f), gz = Math.Clamp((z - OriginZ) / Cell, 0, Cells - 0.001f);
        int ix = (int)gx, iz = (int)gz;
        float fx = gx - ix, fz = gz - iz;
        int i = iz * (Cells + 1) + ix;
        float near = heights[i] + (heights[i + 1] - heights[i]) * fx;
        float far = heights[i + Cells + 1] + (heights[i + Cells + 2] - heights[i + Cells + 1]) * fx;
        return near + (far - near) * fz;
    }

    /// <summary>A normal that is continuous over the cells: differences of the interpolated heights one cell apart.</summary>
    public Vector3 NormalAt(float x, float z)
    {
        float dx = HeightAt(x + Cell, z) - HeightAt(x - Cell, z), dz = HeightAt(x, z + Cell) - HeightAt(x, z - Cell);
        return Vector3.Normalize(new Vector3(-dx, 2 * Cell, -dz));
    }

    public bool Intersect(in Ray ray, ref float limit)
    {
        if (!Clip(ray, limit, out float t, out float end)) return false;
        int top = maxima.Length - 1, level = Math.Max(0, top - 2);
        float nudge = Cell * 2e-3f;
        while (t < end)
        {
            Vector3 p = ray.At(t + nudge);
            float size = Cell * (1 << level);
            int count = Cells >> level;
            int ix = Math.Clamp((int)((p.X - OriginX) / size), 0, count - 1), iz = Math.Clamp((int)((p.Z - OriginZ) / size), 0, count - 1);
            float boundaryX = OriginX + (ix + (ray.Direction.X > 0 ? 1 : 0)) * size;
            float boundaryZ = OriginZ + (iz + (ray.Direction.Z > 0 ? 1 : 0)) * size;
            float exit = MathF.Min((boundaryX - ray.Origin.X) * ray.Inverse.X, (boundaryZ - ray.Origin.Z) * ray.Inverse.Z);
            exit = MathF.Min(MathF.Max(exit, t + nudge), end);
            float lowest = ray.Origin.Y + ray.Direction.Y * (ray.Direction.Y < 0 ? exit : t);
            if (lowest > maxima[level][iz * count + ix])
            {
                t = exit;
                if (level < top) level++;
            }
            else if (level > 0)
            {
                level--;
            }
            else if (CrossesCell(ray, t, exit, ref limit))
            {
                return true;
            }
            else
            {
                t = exit;
            }
        }

        return false;
    }

    private bool CrossesCell(in Ray ray, float enter, float exit, ref float limit)
    {
        Vector3 a = ray.At(enter), b = ray.At(exit);
        float above = a.Y - HeightAt(a.X, a.Z), below = b.Y - HeightAt(b.X, b.Z);
        if (below > 0) return false;
        float hit = above <= 0 ? enter : enter + (exit - enter) * above / (above - below);
        if (hit >= limit) return false;
        limit = hit;
        return true;
    }

    private bool Clip(in Ray ray, float limit, out float start, out float end)
    {
        float ax = (OriginX - ray.Origin.X) * ray.Inverse.X, bx = (OriginX + Extent - ray.Origin.X) * ray.Inverse.X;
        float az = (OriginZ - ray.Origin.Z) * ray.Inverse.Z, bz = (OriginZ + Extent - ray.Origin.Z) * ray.Inverse.Z;
        start = MathF.Max(0, MathF.Max(MathF.Min(ax, bx), MathF.Min(az, bz)));
        end = MathF.Min(limit, MathF.Min(MathF.Max(ax, bx), MathF.Max(az, bz)));
        float ceiling = maxima[^1][0];
        float toCeiling = (ceiling - ray.Origin.Y) * ray.Inverse.Y;
        if (ray.Direction.Y > 0) end = MathF.Min(end, toCeiling);
        else if (ray.Origin.Y > ceiling) start = MathF.Max(start, toCeiling);
        return start < end;
    }

    private static float[][] BuildMaxima(int cells, float[] heights)
    {
        var levels = new List<float[]>();
        var finest = new float[cells * cells];
        for (int z = 0; z < cells; z++)
        {
            for (int x = 0; x < cells; x++)
            {
                int i = z * (cells + 1) + x;
                finest[z * cells + x] = MathF.Max(
                    MathF.Max(heights[i], heights[i + 1]), MathF.Max(heights[i + cells + 1], heights[i + cells + 2]));
            }
        }

        levels.Add(finest);
        for (int count = cells / 2; count >= 1; count /= 2)
        {
            float[] below = levels[^1];
            var level = new float[count * count];
            for (int z = 0; z < count; z++)
            {
                for (int x = 0; x < count; x++)
                {
                    int i = 2 * z * 2 * count + 2 * x;
                    level[z * count + x] = MathF.Max(
                        MathF.Max(below[i], below[i + 1]), MathF.Max(below[i + 2 * count], below[i + 2 * count + 1]));
                }
            }

            levels.Add(level);
        }

        return [.. levels];
    }
}
