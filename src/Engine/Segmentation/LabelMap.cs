using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation;

/// <summary>One class for each pixel of a photo.</summary>
public sealed class LabelMap
{
    /// <summary>Wraps existing labels without a copy.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="labels">Height·Width labels, row by row.</param>
    public LabelMap(int width, int height, byte[] labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfNotEqual(labels.Length, checked(width * height));
        (Width, Height, Labels) = (width, height, labels);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The label of each pixel, row by row.</summary>
    public byte[] Labels { get; }

    /// <summary>The labels that occur, in ascending order.</summary>
    public IReadOnlyList<byte> Present()
    {
        var occurs = new bool[256];
        foreach (var label in Labels)
            occurs[label] = true;
        return [.. Enumerable.Range(0, 256).Where(label => occurs[label]).Select(label => (byte)label)];
    }

    /// <summary>The map at another size: each target pixel takes the label at its centre.</summary>
    /// <param name="width">Columns of the result.</param>
    /// <param name="height">Rows of the result.</param>
    public LabelMap Resize(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var columns = Enumerable.Range(0, width).Select(x => Centre(x, width, Width)).ToArray();
        var labels = new byte[checked(width * height)];
        Parallel.For(0, height, y =>
        {
            var source = Labels.AsSpan(Centre(y, height, Height) * Width, Width);
            var target = labels.AsSpan(y * width, width);
            for (var x = 0; x < width; x++)
                target[x] = source[columns[x]];
        });
        return new LabelMap(width, height, labels);
    }

    /// <summary>How much of each target pixel each label covers.</summary>
    /// <param name="labels">The labels wanted, each once; plane k of the result belongs to labels[k].</param>
    /// <param name="width">Columns of the result; smaller or larger than the map.</param>
    /// <param name="height">Rows of the result.</param>
    /// <returns>K×height×width shares of area in [0, 1]. Over all labels that occur they sum to 1 at each pixel.</returns>
    public FloatImage ToCoverage(IReadOnlyList<byte> labels, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var planes = new int[256];
        Array.Fill(planes, -1);
        for (var k = 0; k < labels.Count; k++)
            planes[labels[k]] = k;
        var coverage = new FloatImage(labels.Count, height, width);
        var (xScale, yScale) = ((double)Width / width, (double)Height / height);
        Parallel.For(
            0,
            height,
            () => new double[labels.Count * width],
            (y, _, sums) =>
            {
                Array.Clear(sums);
                var (top, bottom) = (y * yScale, (y + 1) * yScale);
                for (var row = (int)top; row < Math.Min(Height, bottom); row++)
                    AddRow(row, Overlap(row, top, bottom) / (xScale * yScale), xScale, planes, sums, width);
                for (var k = 0; k < labels.Count; k++)
                {
                    var target = coverage.Row(k, y);
                    for (var x = 0; x < width; x++)
                        target[x] = (float)Math.Min(1, sums[k * width + x]);
                }

                return sums;
            },
            _ => { });
        return coverage;
    }

    private void AddRow(int row, double weight, double xScale, int[] planes, double[] sums, int width)
    {
        var source = Labels.AsSpan(row * Width, Width);
        for (var x = 0; x < width; x++)
        {
            var (left, right) = (x * xScale, (x + 1) * xScale);
            for (var column = (int)left; column < Math.Min(Width, right); column++)
            {
                var plane = planes[source[column]];
                if (plane >= 0)
                    sums[plane * width + x] += weight * Overlap(column, left, right);
            }
        }
    }

    private static double Overlap(int pixel, double from, double to) => Math.Max(0, Math.Min(pixel + 1, to) - Math.Max(pixel, from));

    private static int Centre(int index, int target, int source) => (int)((2L * index + 1) * source / (2L * target));
}
