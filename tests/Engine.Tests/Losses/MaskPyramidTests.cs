using PhotoStyle.Features;
using PhotoStyle.Imaging;
using PhotoStyle.Losses;

namespace PhotoStyle.Engine.Tests.Losses;

public sealed class MaskPyramidTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Masks_are_the_means_of_whole_squares(int stride)
    {
        FloatImage masks = RandomImage.Uniform(3, 21, 26, seed: 1);

        FloatImage reduced = MaskPyramid.Reduce(masks, stride);

        Assert.Equal((3, 21 / stride, 26 / stride), (reduced.Channels, reduced.Height, reduced.Width));
        double[][] expected = NaiveMasks.Average(masks, stride);
        for (int k = 0; k < 3; k++) Assert.All(expected[k].Zip(reduced.Plane(k).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Where_a_class_fills_the_square_its_share_is_exactly_one_and_the_others_are_exactly_zero()
    {
        var masks = new FloatImage(2, 16, 16);
        masks.Plane(0).Fill(1);

        FloatImage reduced = MaskPyramid.Reduce(masks, 8);

        Assert.All(reduced.Plane(0).ToArray(), value => Assert.Equal(1f, value));
        Assert.All(reduced.Plane(1).ToArray(), value => Assert.Equal(0f, value));
    }

    [Theory]
    [InlineData(21, 26)]
    [InlineData(16, 16)]
    public void Masks_go_through_the_layers_of_vgg_by_averages_and_halving(int height, int width)
    {
        FloatImage masks = RandomImage.Uniform(2, height, width, seed: 4);
        FeatureLevel[] levels = [new("relu1_1", 1, 1), new("relu2_2", 1, 2), new("relu3_1", 1, 4), new("relu3_2", 1, 4)];

        IReadOnlyList<FloatImage> found = MaskPyramid.Propagate(masks, levels);

        double[][] Planes(FloatImage image) => [.. Enumerable.Range(0, image.Channels).Select(k => image.Plane(k).ToArray().Select(v => (double)v).ToArray())];
        double[][] expected = Planes(masks);
        (int h, int w) = (height, width);
        // Two convolutions in each of the first two blocks; a letter for each layer to be compared.
        int level = 0;
        foreach (char step in "cLcpccLpcLcL")
        {
            if (step == 'c') expected = [.. expected.Select(p => Average(p, h, w))];
            if (step == 'p') (expected, h, w) = ([.. expected.Select(p => NaiveMasks.Average(new FloatImage(1, h, w, [.. p.Select(v => (float)v)]), 2)[0])], h / 2, w / 2);
            if (step != 'L') continue;
            FloatImage mask = found[level++];
            Assert.Equal((h, w), (mask.Height, mask.Width));
            for (int k = 0; k < 2; k++) Assert.All(expected[k].Zip(mask.Plane(k).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
        Assert.Equal(levels.Length, level);
    }

    [Fact]
    public void A_level_that_is_smaller_than_VGGs_gets_masks_of_its_size()
    {
        FloatImage masks = RandomImage.Uniform(2, 21, 27, seed: 3);

        IReadOnlyList<FloatImage> found = MaskPyramid.Propagate(masks, [new FeatureLevel("relu1_1", 1, 2), new FeatureLevel("relu2_1", 1, 2), new FeatureLevel("relu3_1", 1, 4)]);

        Assert.Equal([(10, 13), (10, 13), (5, 6)], found.Select(level => (level.Height, level.Width)));
    }

    [Fact]
    public void Far_from_borders_a_mask_stays_exactly_one()
    {
        var masks = new FloatImage(1, 20, 20);
        Array.Fill(masks.Data, 1f);

        Assert.Equal(1, MaskPyramid.Propagate(masks, [new FeatureLevel("relu2_1", 1, 2)])[0].Row(0, 5)[5]);
    }

    private static double[] Average(double[] plane, int height, int width)
    {
        var result = new double[plane.Length];
        for (int i = 0; i < plane.Length; i++)
        {
            for (int j = 0; j < 9; j++)
            {
                (int y, int x) = (i / width + j / 3 - 1, i % width + j % 3 - 1);
                if (y >= 0 && x >= 0 && y < height && x < width) result[i] += plane[y * width + x] / 9;
            }
        }
        return result;
    }
}
