using CsCheck;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Engine.Tests.Segmentation;

public sealed class LabelMapTests
{
    private static readonly Gen<LabelMap> s_maps = Gen.Select(Gen.Int[1, 23], Gen.Int[1, 23])
        .SelectMany(size => Gen.Byte[0, 4].Array[size.Item1 * size.Item2].Select(labels => new LabelMap(size.Item1, size.Item2, labels)));

    [Fact]
    public void Coverage_sums_to_one_and_keeps_the_area_of_each_label() =>
        Gen.Select(s_maps, Gen.Int[1, 40], Gen.Int[1, 40]).Sample(
            (map, width, height) =>
            {
                var present = map.Present();
                var coverage = map.ToCoverage(present, width, height);
                for (var i = 0; i < coverage.PixelCount; i++)
                    Assert.Equal(1, Enumerable.Range(0, present.Count).Sum(k => (double)coverage.Plane(k)[i]), 1e-5);
                for (var k = 0; k < present.Count; k++)
                    Assert.Equal(map.Labels.Count(l => l == present[k]) / (double)map.Labels.Length, coverage.Plane(k).ToArray().Average(v => (double)v), 1e-5);
                Assert.All(coverage.Data, v => Assert.InRange(v, 0, 1));
            },
            iter: 200);

    [Fact]
    public void Coverage_by_a_whole_factor_counts_pixels() =>
        Gen.Select(Gen.Byte[0, 2].Array[12 * 8], Gen.Int[0, 2]).Sample(
            (labels, label) =>
            {
                var coverage = new LabelMap(12, 8, labels).ToCoverage([(byte)label], 4, 2);
                for (var y = 0; y < 2; y++)
                {
                    for (var x = 0; x < 4; x++)
                    {
                        var count = Enumerable.Range(0, 12).Count(i => labels[(y * 4 + i / 3) * 12 + x * 3 + i % 3] == label);
                        Assert.Equal(count / 12f, coverage.Row(0, y)[x], 1e-6f);
                    }
                }
            },
            iter: 50);

    [Fact]
    public void At_its_own_size_a_map_stays_itself() =>
        s_maps.Sample(
            map =>
            {
                Assert.Equal(map.Labels, map.Resize(map.Width, map.Height).Labels);
                var coverage = map.ToCoverage(map.Present(), map.Width, map.Height);
                for (var k = 0; k < coverage.Channels; k++)
                    Assert.Equal(map.Labels.Select(l => l == map.Present()[k] ? 1f : 0f), coverage.Plane(k).ToArray());
            },
            iter: 50);

    [Fact]
    public void Present_labels_are_in_order() => Assert.Equal([1, 3, 7], new LabelMap(2, 2, [7, 3, 1, 3]).Present());
}
