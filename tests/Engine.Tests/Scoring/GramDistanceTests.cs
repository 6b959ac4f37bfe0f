using PhotoStyle.Imaging;
using PhotoStyle.Scoring;

namespace PhotoStyle.Engine.Tests.Scoring;

public sealed class GramDistanceTests
{
    [Theory]
    [InlineData(3, 5, 7)]
    [InlineData(33, 20, 30)]
    public void Grams_agree_with_the_plain_triple_loop(int channels, int height, int width)
    {
        FloatImage features = RandomImage.Uniform(channels, height, width, seed: 1, low: -1), mask = RandomImage.Uniform(1, height, width, seed: 2);
        for (int i = 0; i < mask.Data.Length; i += 3)
            mask.Data[i] = 0;

        double[] gram = GramDistance.Gram(features, mask.Data)!;

        double area = mask.Data.Sum(value => (double)value);
        for (int a = 0; a < channels; a++)
        {
            for (int b = 0; b < channels; b++)
            {
                double sum = 0;
                for (int i = 0; i < mask.Data.Length; i++)
                    sum += (double)features.Plane(a)[i] * mask.Data[i] * features.Plane(b)[i] * mask.Data[i];
                Assert.Equal(sum / area, gram[a * channels + b], 1e-10);
            }
        }
    }

    [Fact]
    public void Features_of_double_strength_are_three_times_the_style_away()
    {
        // Grams are quadratic: ‖4G − G‖ / ‖G‖ = 3.
        FloatImage features = RandomImage.Uniform(6, 9, 9, seed: 3), mask = Ones(9, 9);
        var doubled = new FloatImage(6, 9, 9, [.. features.Data.Select(value => 2 * value)]);
        Assert.Equal(3, GramDistance.Of([doubled], [mask], [features], [mask]), 1e-6);
    }

    [Fact]
    public void Where_a_texture_lies_makes_no_difference()
    {
        FloatImage features = RandomImage.Uniform(5, 8, 10, seed: 4);
        var mirrored = new FloatImage(5, 8, 10);
        for (int c = 0; c < 5; c++)
        {
            for (int i = 0; i < 80; i++)
                mirrored.Plane(c)[i] = features.Plane(c)[79 - i];
        }
        Assert.Equal(0, GramDistance.Of([mirrored], [Ones(8, 10)], [features], [Ones(8, 10)]), 1e-12);
    }

    [Fact]
    public void Classes_count_by_area_levels_alike_and_empty_classes_not_at_all()
    {
        // Class 0 has a third of the area and distance 3, class 1 two thirds and distance 0; the style lacks class 2, of which the content has nothing either.
        FloatImage style = RandomImage.Uniform(4, 6, 6, seed: 5);
        var output = new FloatImage(4, 6, 6, [.. style.Data.Select((value, i) => i % 36 < 12 ? 2 * value : value)]);
        var masks = new FloatImage(3, 6, 6);
        for (int i = 0; i < 36; i++)
            masks.Plane(i < 12 ? 0 : 1)[i] = 1;
        Assert.Equal(1, GramDistance.Of([output], [masks], [style], [masks]), 1e-6);
        Assert.Equal(0.5, GramDistance.Of([output, style], [masks, masks], [style, style], [masks, masks]), 1e-6);
    }

    private static FloatImage Ones(int height, int width) => new(1, height, width, [.. Enumerable.Repeat(1f, height * width)]);
}
