using PhotoStyle.Imaging;
using PhotoStyle.Scoring;

namespace PhotoStyle.Engine.Tests.Scoring;

public sealed class StructureCorrelationTests
{
    private static readonly FloatImage _photo = RandomImage.Uniform(3, 21, 26, seed: 1);

    [Fact]
    public void Of_identical_images_it_is_one() => Assert.Equal(1, StructureCorrelation.Of(_photo, _photo), 1e-12);

    [Fact]
    public void Of_an_image_and_its_negative_it_is_almost_minus_one()
    {
        var negative = new FloatImage(3, 21, 26, [.. _photo.Data.Select(value => 1 - value)]);
        Assert.InRange(StructureCorrelation.Of(negative, _photo), -1, -0.97);
    }

    [Fact]
    public void Brightness_does_not_matter_and_contrast_hardly()
    {
        var graded = new FloatImage(3, 21, 26, [.. _photo.Data.Select(value => 0.8f * value + 0.15f)]);
        Assert.Equal(1, StructureCorrelation.Of(graded, _photo), 1e-3);
    }

    [Fact]
    public void Flat_windows_count_as_alike()
    {
        var flat = new FloatImage(3, 20, 20, [.. Enumerable.Repeat(0.3f, 1200)]);
        var noise = RandomImage.Uniform(3, 20, 20, seed: 2, low: 0.6f, high: 0.601f);
        Assert.Equal(1, StructureCorrelation.Of(noise, flat), 1e-3);
    }

    [Fact]
    public void It_agrees_with_statistics_taken_window_by_window()
    {
        FloatImage output = RandomImage.Uniform(3, 21, 26, seed: 3);
        double[] o = [.. Luma.Of(output).Data], i = [.. Luma.Of(_photo).Data];
        var values = new List<double>();
        for (int top = 0; top + 15 <= 21; top++)
        {
            for (int left = 0; left + 15 <= 26; left++)
            {
                int[] window = [.. from y in Enumerable.Range(top, 15) from x in Enumerable.Range(left, 15) select y * 26 + x];
                double meanO = window.Average(p => o[p]), meanI = window.Average(p => i[p]);
                double covariance = window.Average(p => (o[p] - meanO) * (i[p] - meanI));
                double sigmaO = Math.Sqrt(window.Average(p => Math.Pow(o[p] - meanO, 2))), sigmaI = Math.Sqrt(window.Average(p => Math.Pow(i[p] - meanI, 2)));
                values.Add((covariance + 4e-4) / (sigmaO * sigmaI + 4e-4));
            }
        }
        Assert.Equal(values.Average(), StructureCorrelation.Of(output, _photo), 1e-9);
    }
}
