using PhotoStyle.Imaging;
using PhotoStyle.Segmentation.Clustering;

namespace PhotoStyle.Engine.Tests.Segmentation.Clustering;

public sealed class AreaSmoothingTests
{
    private const int Width = 48, Height = 32;

    [Fact]
    public void Probabilities_sum_to_one_and_stay_between_the_least_and_the_largest()
    {
        (AreaDescriptors areas, _) = Describe(RandomImage.Uniform(3, Height, Width, 5));
        var random = new Random(2);
        double[][] given = [.. areas.Looks.Select(_ => random.NextDouble()).Select(p => new[] { p, 1 - p })];

        double[][] smooth = AreaSmoothing.Of(areas.Graph, areas.Looks.Select(look => look[..AreaDescriptors.Absolute]).ToArray(), given, 0.3);

        Assert.Equal(given.Length, smooth.Length);
        Assert.All(smooth, row => Assert.Equal(1, row.Sum(), 12));
        Assert.All(smooth, row => Assert.InRange(row[0], given.Min(r => r[0]), given.Max(r => r[0])));
        Assert.True(smooth.Max(r => r[0]) - smooth.Min(r => r[0]) < given.Max(r => r[0]) - given.Min(r => r[0]));
    }

    [Fact]
    public void An_area_follows_those_that_look_like_it_and_not_those_across_an_edge()
    {
        var halves = new FloatImage(3, Height, Width);
        for (int i = 0; i < halves.Data.Length; i++) halves.Data[i] = i % Width < Width / 2 ? 0.2f : 0.9f;
        (AreaDescriptors areas, bool[] isLeft) = Describe(halves);
        double[][] given = [.. isLeft.Select(left => left ? 0.9 : 0.2).Select(p => new[] { p, 1 - p })];
        int odd = Array.IndexOf(isLeft, true);
        given[odd] = [0.3, 0.7];

        double[][] smooth = AreaSmoothing.Of(areas.Graph, areas.Looks.Select(look => look[..AreaDescriptors.Absolute]).ToArray(), given, 0.3);

        Assert.InRange(smooth[odd][0], 0.45, 0.9);
        Assert.All(Enumerable.Range(0, given.Length).Where(i => !isLeft[i]), i => Assert.Equal(0.2, smooth[i][0], 0.01));
    }

    private static (AreaDescriptors Areas, bool[] IsLeft) Describe(FloatImage image)
    {
        FloatImage lab = ColourSpace.ToLab(image);
        Superpixels areas = Superpixels.Of(lab, 60);
        bool[] isLeft = [.. Enumerable.Range(0, areas.Count).Select(area => Array.IndexOf(areas.Indices, area) % Width < Width / 2)];
        return (AreaDescriptors.Of(image, lab, areas), isLeft);
    }
}
