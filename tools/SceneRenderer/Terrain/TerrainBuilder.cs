using PhotoStyle.SceneRenderer.Noise;
using PhotoStyle.SceneRenderer.Scenes;

namespace PhotoStyle.SceneRenderer.Terrain;

/// <summary>Samples the height function of a layout on three nested grids, coarse to fine, and erodes the mountains.</summary>
internal static class TerrainBuilder
{
    // Far below every lake bed: where a finer grid takes over.
    private const float Hole = -80;

    public static Ground Build(SceneLayout layout, ParallelOptions parallel)
    {
        HeightField far = Far(layout, parallel);
        HeightField middle = Sample(layout, -640, -30, 1.25f, 1024, parallel);
        HeightField near = Sample(layout, -32, -6, 0.125f, 512, parallel);
        return new Ground([near, Punch(middle, near), Punch(far, middle)]);
    }

    private static HeightField Sample(SceneLayout layout, float originX, float originZ, float cell, int cells, ParallelOptions parallel)
    {
        var heights = new float[(cells + 1) * (cells + 1)];
        Parallel.For(0, cells + 1, parallel, z =>
        {
            for (int x = 0; x <= cells; x++)
                heights[z * (cells + 1) + x] = layout.Height(originX + x * cell, originZ + z * cell);
        });
        return new HeightField(originX, originZ, cell, cells, heights);
    }

    private static HeightField Far(SceneLayout layout, ParallelOptions parallel)
    {
        const float originX = -10240, originZ = -1480, coarse = 20;
        const int cells = 1024, side = cells + 1;
        var raw = new float[side * side];
        Parallel.For(0, side, parallel, z =>
        {
            for (int x = 0; x < side; x++) raw[z * side + x] = layout.Height(originX + x * coarse, originZ + z * coarse) / coarse;
        });
        HydraulicErosion.Apply(raw, side, 380_000, layout.Seed * 7919u + 5u);
        // Single drops leave pits of one cell; scree fills such pits, and a little more rain cuts the gullies free again.
        raw = Settle(raw, side, parallel);
        HydraulicErosion.Apply(raw, side, 70_000, layout.Seed * 7919u + 6u);

        const int fineCells = cells * 2, fineSide = fineCells + 1;
        var fine = new float[fineSide * fineSide];
        Parallel.For(0, fineSide, parallel, z =>
        {
            for (int x = 0; x < fineSide; x++)
            {
                float worldX = originX + x * coarse / 2, worldZ = originZ + z * coarse / 2;
                float carved = coarse * Cubic(raw, side, x * 0.5f, z * 0.5f);
                // Near the viewer the finer grids know nothing of the erosion: the two must meet.
                float weight = Curve.SmoothStep(1500, 3200, MathF.Sqrt(worldX * worldX + worldZ * worldZ));
                float height = weight < 1 ? Curve.Lerp(layout.Height(worldX, worldZ), carved, weight) : carved;
                bool visible = MathF.Abs(worldX) < 0.6f * worldZ + 600;
                fine[z * fineSide + x] = visible ? height + weight * layout.Canopy(worldX, worldZ, carved) : height;
            }
        });
        return new HeightField(originX, originZ, coarse / 2, fineCells, fine);
    }

    private static float[] Settle(float[] heights, int side, ParallelOptions parallel)
    {
        var settled = (float[])heights.Clone();
        Parallel.For(1, side - 1, parallel, z =>
        {
            for (int x = 1; x < side - 1; x++)
            {
                int i = z * side + x;
                float cross = heights[i - 1] + heights[i + 1] + heights[i - side] + heights[i + side];
                float corners = heights[i - side - 1] + heights[i - side + 1] + heights[i + side - 1] + heights[i + side + 1];
                settled[i] = 0.3f * heights[i] + 0.115f * cross + 0.06f * corners;
            }
        });
        return settled;
    }

    private static HeightField Punch(HeightField coarse, HeightField fine)
    {
        int side = coarse.Cells + 1;
        var heights = new float[side * side];
        for (int z = 0; z < side; z++)
        {
            for (int x = 0; x < side; x++)
            {
                float worldX = coarse.OriginX + x * coarse.Cell, worldZ = coarse.OriginZ + z * coarse.Cell;
                heights[z * side + x] = fine.Contains(worldX, worldZ, coarse.Cell * 0.5f) ? Hole : coarse.HeightAt(worldX, worldZ);
            }
        }

        return new HeightField(coarse.OriginX, coarse.OriginZ, coarse.Cell, coarse.Cells, heights);
    }

    /// <summary>Catmull-Rom interpolation on the grid.</summary>
    private static float Cubic(float[] grid, int side, float x, float z)
    {
        int ix = (int)x, iz = (int)z;
        Span<float> rows = stackalloc float[4];
        for (int r = 0; r < 4; r++)
        {
            int row = Math.Clamp(iz + r - 1, 0, side - 1) * side;
            rows[r] = CatmullRom(
                grid[row + Math.Clamp(ix - 1, 0, side - 1)], grid[row + Math.Min(ix, side - 1)],
                grid[row + Math.Min(ix + 1, side - 1)], grid[row + Math.Min(ix + 2, side - 1)], x - ix);
        }

        return CatmullRom(rows[0], rows[1], rows[2], rows[3], z - iz);
    }

    private static float CatmullRom(float a, float b, float c, float d, float t) =>
        b + 0.5f * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
