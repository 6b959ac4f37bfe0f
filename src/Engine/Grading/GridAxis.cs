using System.Runtime.CompilerServices;

namespace PhotoStyle.Grading;

/// <summary>Where samples lie between the cells of one axis of a grid. Cell centres divide [0, 1] evenly; beyond the outermost centres the outermost cell holds.</summary>
internal static class GridAxis
{
    /// <summary>Finds the lower neighbour cell of a position and the weight of the upper one.</summary>
    /// <param name="position">0 … 1 across the axis; values beyond are taken to the border.</param>
    /// <param name="cells">Cells along the axis, at least 1.</param>
    /// <param name="fraction">Weight of the cell behind the returned one, 0 … 1; the cell itself weighs the rest.</param>
    /// <returns>0 … max(cells − 2, 0).</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Locate(float position, int cells, out float fraction)
    {
        float u = Math.Clamp(position * cells - 0.5f, 0, cells - 1);
        int lower = Math.Min((int)u, Math.Max(cells - 2, 0));
        fraction = u - lower;
        return lower;
    }
}
