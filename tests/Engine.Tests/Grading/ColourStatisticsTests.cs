using PhotoStyle.Grading;
using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Grading;

public sealed class ColourStatisticsTests
{
    [Fact]
    public void Mean_and_deviation_are_weighted_by_the_mask()
    {
        FloatImage image = RandomImage.Uniform(3, 9, 11, seed: 1);
        float[] mask = RandomImage.Uniform(1, 9, 11, seed: 2).Data;

        ColourStatistics statistics = ColourStatistics.Of(image, mask)!;

        double area = mask.Sum(m => (double)m);
        for (int c = 0; c < 3; c++)
        {
            float[] plane = image.Plane(c).ToArray();
            double mean = plane.Zip(mask, (v, m) => (double)v * m).Sum() / area;
            Assert.Equal(mean, statistics.Mean[c], 1e-9);
            Assert.Equal(Math.Sqrt(plane.Zip(mask, (v, m) => (v - mean) * (v - mean) * m).Sum() / area), statistics.Deviation[c], 1e-9);
        }
    }

    [Fact]
    public void A_class_without_a_pixel_has_none() => Assert.Null(ColourStatistics.Of(RandomImage.Uniform(3, 4, 4, seed: 1), new float[16]));

    [Fact]
    public void Matching_gives_an_image_the_mean_and_deviation_of_another()
    {
        FloatImage image = RandomImage.Uniform(3, 20, 20, seed: 1, low: 0.2f, high: 0.8f), other = RandomImage.Uniform(3, 20, 20, seed: 2, low: 0.4f);
        float[] whole = [.. Enumerable.Repeat(1f, 400)];
        ColourStatistics from = ColourStatistics.Of(image, whole)!, to = ColourStatistics.Of(other, whole)!;

        float[] transform = from.MatchTo(to).Coefficients;

        var matched = new FloatImage(3, 20, 20);
        for (int c = 0; c < 3; c++)
        {
            for (int i = 0; i < 400; i++)
                matched.Plane(c)[i] = transform[c * 4] * image.Plane(0)[i] + transform[c * 4 + 1] * image.Plane(1)[i] + transform[c * 4 + 2] * image.Plane(2)[i] + transform[c * 4 + 3];
        }
        ColourStatistics result = ColourStatistics.Of(matched, whole)!;
        for (int c = 0; c < 3; c++)
        {
            Assert.Equal(to.Mean[c], result.Mean[c], 1e-5);
            Assert.Equal(to.Deviation[c], result.Deviation[c], 1e-5);
        }
    }

    [Fact]
    public void Flat_regions_are_matched_in_their_mean_with_a_gain_within_reason()
    {
        FloatImage flat = new(3, 4, 4), busy = RandomImage.Uniform(3, 4, 4, seed: 1);
        flat.Data.AsSpan().Fill(0.3f);
        float[] whole = [.. Enumerable.Repeat(1f, 16)];
        ColourStatistics one = ColourStatistics.Of(flat, whole)!, many = ColourStatistics.Of(busy, whole)!;

        foreach ((ColourStatistics from, ColourStatistics to) in new[] { (one, many), (many, one), (one, one) })
        {
            float[] transform = from.MatchTo(to).Coefficients;
            for (int c = 0; c < 3; c++)
            {
                Assert.InRange(transform[c * 4 + c], 0.1, 10);
                Assert.Equal(to.Mean[c], transform[c * 4 + c] * from.Mean[c] + transform[c * 4 + 3], 1e-6);
            }
        }
    }
}
