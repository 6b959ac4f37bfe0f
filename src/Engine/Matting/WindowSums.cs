namespace PhotoStyle.Matting;

/// <summary>Sums over square windows in time that does not depend on the radius and without the drift of running sums: each is the end of one block plus the
/// beginning of the next (van Herk 1992; Gil, Werman 1993).</summary>
internal static class WindowSums
{
    // Columns of a strip that is summed down at once.
    private const int StripColumns = 64;

    /// <summary>The sum of every window that lies fully inside the plane.</summary>
    /// <param name="plane">H×W values.</param>
    /// <param name="height">H, at least 2r + 1.</param>
    /// <param name="width">W, at least 2r + 1.</param>
    /// <param name="radius">r, at least 1.</param>
    /// <returns>(H − 2r)×(W − 2r) sums.</returns>
    public static double[] Inside(double[] plane, int height, int width, int radius)
    {
        int across = width - 2 * radius, down = height - 2 * radius, side = 2 * radius + 1;
        var rows = new double[height * across];
        Parallel.For(0, height, () => new double[2 * width], (y, _, scratch) =>
        {
            Run(plane.AsSpan(y * width, width), rows.AsSpan(y * across, across), scratch, side);
            return scratch;
        }, _ => { });
        var sums = new double[down * across];
        Parallel.For(0, (across + StripColumns - 1) / StripColumns, strip =>
        {
            var (column, result, scratch) = (new double[height], new double[down], new double[2 * height]);
            for (int x = strip * StripColumns; x < Math.Min((strip + 1) * StripColumns, across); x++)
            {
                for (int y = 0; y < height; y++) column[y] = rows[y * across + x];
                Run(column, result, scratch, side);
                for (int y = 0; y < down; y++) sums[y * across + x] = result[y];
            }
        });
        return sums;
    }

    /// <summary>For each pixel the sum over the windows that hold it: the adjoint of <see cref="Inside"/>.</summary>
    /// <param name="windows">(H − 2r)×(W − 2r) values.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="radius">r.</param>
    /// <returns>H×W sums.</returns>
    public static double[] Over(double[] windows, int height, int width, int radius)
    {
        int across = width - 2 * radius, down = height - 2 * radius, paddedWidth = width + 2 * radius, paddedHeight = height + 2 * radius;
        var padded = new double[paddedHeight * paddedWidth];
        for (int y = 0; y < down; y++) Array.Copy(windows, y * across, padded, (y + 2 * radius) * paddedWidth + 2 * radius, across);
        return Inside(padded, paddedHeight, paddedWidth, radius);
    }

    private static void Run(ReadOnlySpan<double> values, Span<double> sums, Span<double> scratch, int side)
    {
        Span<double> toEnd = scratch[..values.Length], fromStart = scratch[values.Length..];
        for (int i = 0; i < values.Length; i++) fromStart[i] = i % side == 0 ? values[i] : fromStart[i - 1] + values[i];
        for (int i = values.Length - 1; i >= 0; i--) toEnd[i] = i % side == side - 1 || i == values.Length - 1 ? values[i] : toEnd[i + 1] + values[i];
        for (int i = 0; i < sums.Length; i++) sums[i] = i % side == 0 ? fromStart[i + side - 1] : toEnd[i] + fromStart[i + side - 1];
    }
}
