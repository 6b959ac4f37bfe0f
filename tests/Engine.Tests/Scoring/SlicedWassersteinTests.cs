using PhotoStyle.Imaging;
using PhotoStyle.Scoring;

namespace PhotoStyle.Engine.Tests.Scoring;

public sealed class SlicedWassersteinTests
{
    [Fact]
    public void A_shifted_cloud_is_as_far_as_the_shift_along_each_direction()
    {
        float[][] cloud = Cloud(1000, seed: 1);
        float[] shift = [0.3f, -0.1f, 0.2f];
        float[][] shifted = [.. cloud.Select((values, c) => Array.ConvertAll(values, value => value + shift[c]))];
        double expected = SlicedWasserstein.UnitVectors.Average(d => Math.Abs(d[0] * (double)shift[0] + d[1] * shift[1] + d[2] * shift[2]));
        Assert.Equal(expected, SlicedWasserstein.Distance(cloud, shifted), 1e-6);
    }

    [Fact]
    public void With_as_many_points_as_quantiles_the_distance_is_that_of_the_sorted_points()
    {
        float[][] first = Cloud(256, seed: 2), second = Cloud(256, seed: 3);
        double expected = SlicedWasserstein.UnitVectors.Average(d =>
            Project(first, d).Order().Zip(Project(second, d).Order(), (mine, theirs) => Math.Abs(mine - theirs)).Average());
        Assert.Equal(expected, SlicedWasserstein.Distance(first, second), 1e-6);
    }

    [Fact]
    public void Sizes_may_differ()
    {
        float[][] cloud = Cloud(500, seed: 4);
        float[][] tripled = [.. cloud.Select(values => values.Concat(values).Concat(values).ToArray())];
        Assert.InRange(SlicedWasserstein.Distance(cloud, tripled), 0, 2e-3);
        Assert.Equal(SlicedWasserstein.Distance(cloud, Cloud(7, 5)), SlicedWasserstein.Distance(Cloud(7, 5), cloud), 1e-12);
    }

    [Fact]
    public void Directions_are_unit_vectors_that_cover_the_sphere()
    {
        Assert.Equal(64, SlicedWasserstein.UnitVectors.Count);
        Assert.All(SlicedWasserstein.UnitVectors, d => Assert.Equal(1, d.Sum(value => (double)value * value), 1e-6));
        // For vectors that are even on the sphere, the mean square of each coordinate is 1/3.
        for (int c = 0; c < 3; c++)
            Assert.InRange(SlicedWasserstein.UnitVectors.Average(d => (double)d[c] * d[c]), 0.25, 0.42);
    }

    [Fact]
    public void Where_the_colours_lie_within_a_class_makes_no_difference()
    {
        FloatImage image = RandomImage.Uniform(3, 24, 32, seed: 6), style = RandomImage.Uniform(3, 20, 20, seed: 7, high: 0.5f);
        byte[] classes = RandomImage.Stripes(24, 32, 3, seed: 8), styleClasses = RandomImage.Stripes(20, 20, 3, seed: 9);
        int[] order = [.. Enumerable.Range(0, classes.Length)];
        new Random(10).Shuffle(order);
        // Sorting a random order by class keeps the classes' places and shuffles pixels within each.
        int[] source = new int[order.Length];
        foreach (int k in Enumerable.Range(0, 3))
        {
            foreach ((int to, int from) in Enumerable.Range(0, classes.Length).Where(i => classes[i] == k).Zip(order.Where(i => classes[i] == k)))
                source[to] = from;
        }
        var shuffled = new FloatImage(3, 24, 32);
        for (int c = 0; c < 3; c++)
        {
            for (int i = 0; i < source.Length; i++)
                shuffled.Plane(c)[i] = image.Plane(c)[source[i]];
        }

        double distance = SlicedWasserstein.Of(image, classes, style, styleClasses, 3);
        Assert.True(distance > 0.05);
        Assert.Equal(distance, SlicedWasserstein.Of(shuffled, classes, style, styleClasses, 3));
    }

    [Fact]
    public void Classes_count_by_their_area_in_the_content_and_only_if_both_photos_have_them()
    {
        FloatImage image = RandomImage.Uniform(3, 8, 40, seed: 11), style = RandomImage.Uniform(3, 8, 8, seed: 12, high: 0.4f);
        byte[] classes = [.. Enumerable.Range(0, 320).Select(i => (byte)(i < 40 ? 0 : i < 160 ? 1 : 2))];
        byte[] styleClasses = [.. Enumerable.Range(0, 64).Select(i => (byte)(i < 20 ? 0 : i < 50 ? 1 : 255))];
        double Alone(int k) => SlicedWasserstein.Of(image, [.. classes.Select(c => (byte)(c == k ? 0 : 255))], style, [.. styleClasses.Select(c => (byte)(c == k ? 0 : 255))], 1);
        Assert.Equal((Alone(0) * 40 + Alone(1) * 120) / 160, SlicedWasserstein.Of(image, classes, style, styleClasses, 3), 1e-12);
    }

    [Fact]
    public void A_photo_is_at_no_distance_from_itself()
    {
        FloatImage image = RandomImage.Uniform(3, 10, 10, seed: 13);
        Assert.Equal(0, SlicedWasserstein.Of(image, new byte[100], image, new byte[100], 1));
    }

    private static double[] Project(float[][] cloud, float[] d) =>
        [.. Enumerable.Range(0, cloud[0].Length).Select(i => cloud[0][i] * (double)d[0] + cloud[1][i] * d[1] + cloud[2][i] * d[2])];

    private static float[][] Cloud(int count, int seed)
    {
        FloatImage points = RandomImage.Uniform(3, 1, count, seed, low: -1);
        return [points.Plane(0).ToArray(), points.Plane(1).ToArray(), points.Plane(2).ToArray()];
    }
}
