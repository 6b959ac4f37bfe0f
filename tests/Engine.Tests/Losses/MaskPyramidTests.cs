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
}
