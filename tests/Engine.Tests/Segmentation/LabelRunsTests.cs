using CsCheck;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Engine.Tests.Segmentation;

public sealed class LabelRunsTests
{
    [Fact]
    public void Areas_are_those_that_a_flood_finds() =>
        Gen.Select(Gen.Int[1, 14], Gen.Int[1, 14]).SelectMany(size => Gen.Byte[0, 2].Array[size.Item1 * size.Item2].Select(labels => (size, labels))).Sample(
            (size, labels) =>
            {
                var (width, height) = size;
                var runs = new LabelRuns(labels, width, height);
                var areas = new int[labels.Length];
                for (var i = 0; i < runs.Runs.Count; i++)
                {
                    var run = runs.Runs[i];
                    for (var x = run.Start; x < run.End; x++)
                        areas[run.Row * width + x] = runs.AreaOf(i);
                }

                var flooded = Flood(labels, width, height);
                for (var i = 0; i < labels.Length; i++)
                {
                    for (var j = 0; j < i; j++)
                        Assert.Equal(flooded[i] == flooded[j], areas[i] == areas[j]);
                }
            },
            iter: 200);

    private static int[] Flood(byte[] labels, int width, int height)
    {
        var areas = Enumerable.Repeat(-1, labels.Length).ToArray();
        void Visit(int x, int y, int area)
        {
            areas[y * width + x] = area;
            for (var row = Math.Max(0, y - 1); row <= Math.Min(height - 1, y + 1); row++)
            {
                for (var column = Math.Max(0, x - 1); column <= Math.Min(width - 1, x + 1); column++)
                {
                    if (areas[row * width + column] < 0 && labels[row * width + column] == labels[y * width + x])
                        Visit(column, row, area);
                }
            }
        }

        for (var i = 0; i < labels.Length; i++)
        {
            if (areas[i] < 0)
                Visit(i % width, i / width, i);
        }

        return areas;
    }
}
