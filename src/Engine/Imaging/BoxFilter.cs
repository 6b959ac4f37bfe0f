using System.Numerics;

namespace PhotoStyle.Imaging;

/// <summary>Means over square windows in time that does not depend on the radius.</summary>
internal static class BoxFilter
{
    /// <summary>Mean of every (2r+1)×(2r+1) window, cut at the border, where it is divided by the pixels that are left.</summary>
    /// <remarks>Running sums are in float64: in float32 they drift along the image.</remarks>
    /// <param name="source">H·W values.</param>
    /// <param name="result">H·W means; not the same memory as <paramref name="source"/>.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="radius">r, at least 0.</param>
    public static void Mean<T>(ReadOnlySpan<T> source, Span<T> result, int height, int width, int radius)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var columns = new double[width];
        for (int y = 0; y < Math.Min(radius, height); y++)
            Add(columns, source.Slice(y * width, width), 1);

        for (int y = 0; y < height; y++)
        {
            if (y + radius < height)
                Add(columns, source.Slice((y + radius) * width, width), 1);
            if (y - radius > 0)
                Add(columns, source.Slice((y - radius - 1) * width, width), -1);
            int rows = Math.Min(y + radius, height - 1) - Math.Max(y - radius, 0) + 1;
            MeanOfRow(columns, result.Slice(y * width, width), radius, rows);
        }
    }

    private static void Add<T>(Span<double> columns, ReadOnlySpan<T> row, double sign)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int x = 0; x < row.Length; x++)
            columns[x] += sign * double.CreateTruncating(row[x]);
    }

    private static void MeanOfRow<T>(ReadOnlySpan<double> columns, Span<T> result, int radius, int rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = columns.Length;
        double sum = 0;
        for (int x = 0; x < Math.Min(radius, width); x++)
            sum += columns[x];

        double whole = 1.0 / (rows * (2 * radius + 1));
        for (int x = 0; x < width; x++)
        {
            if (x + radius < width)
                sum += columns[x + radius];
            if (x - radius > 0)
                sum -= columns[x - radius - 1];
            bool inside = x >= radius && x + radius < width;
            double mean = inside
                ? sum * whole
                : sum / (rows * (Math.Min(x + radius, width - 1) - Math.Max(x - radius, 0) + 1));
            result[x] = T.CreateTruncating(mean);
        }
    }
}
