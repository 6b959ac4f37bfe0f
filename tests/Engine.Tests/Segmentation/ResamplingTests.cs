using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Engine.Tests.Segmentation;

public sealed class ResamplingTests
{
    [Theory]
    [InlineData(7, 11, 20, 35)]
    [InlineData(16, 9, 16, 9)]
    [InlineData(12, 10, 5, 7)]
    [InlineData(1, 6, 4, 13)]
    [InlineData(5, 1, 3, 2)]
    public void It_is_the_bilinear_interpolation_of_libtorch(int height, int width, int newHeight, int newWidth)
    {
        FloatImage image = RandomImage.Uniform(3, height, width, seed: 7);

        FloatImage result = Resampling.Bilinear(image, newHeight, newWidth);

        using DisposeScope scope = NewDisposeScope();
        Tensor source = tensor(image.Data, [1, 3, height, width]);
        Tensor oracle = nn.functional.interpolate(source, size: [newHeight, newWidth], mode: InterpolationMode.Bilinear, align_corners: false);
        Assert.Equal((3, newHeight, newWidth), (result.Channels, result.Height, result.Width));
        foreach ((float expected, float actual) in oracle.contiguous().data<float>().ToArray().Zip(result.Data)) Assert.Equal(expected, actual, 1e-5f);
    }

    [Fact]
    public void Probabilities_still_sum_to_one_and_stay_between_their_neighbours()
    {
        FloatImage image = RandomImage.Uniform(2, 6, 8, seed: 3);
        for (int i = 0; i < image.PixelCount; i++) image.Plane(1)[i] = 1 - image.Plane(0)[i];

        FloatImage result = Resampling.Bilinear(image, 23, 17);

        for (int i = 0; i < result.PixelCount; i++)
        {
            Assert.Equal(1, result.Plane(0)[i] + result.Plane(1)[i], 1e-5f);
            Assert.InRange(result.Plane(0)[i], image.Plane(0).ToArray().Min(), image.Plane(0).ToArray().Max());
        }
    }
}
