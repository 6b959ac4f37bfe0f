using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Imaging;

public sealed class ColourSpaceTests
{
    // Published values for sRGB under D65, to the digits that colour calculators print.
    [Theory]
    [InlineData(1, 1, 1, 100, 0, 0)]
    [InlineData(0, 0, 0, 0, 0, 0)]
    [InlineData(1, 0, 0, 53.24, 80.09, 67.20)]
    [InlineData(0, 1, 0, 87.73, -86.18, 83.18)]
    [InlineData(0, 0, 1, 32.30, 79.19, -107.86)]
    [InlineData(0.5, 0.5, 0.5, 53.39, 0, 0)]
    public void Known_colours_have_their_published_Lab_values(double r, double g, double b, double lightness, double a, double bStar)
    {
        FloatImage lab = ColourSpace.ToLab(new FloatImage(3, 1, 1, [(float)r, (float)g, (float)b]));
        Assert.Equal(lightness, lab.Data[0], 0.02);
        Assert.Equal(a, lab.Data[1], 0.02);
        Assert.Equal(bStar, lab.Data[2], 0.02);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 37)]
    [InlineData(2, 64)]
    public void Vectors_agree_with_scalar_float64_at_every_width(int height, int width)
    {
        FloatImage image = RandomImage.Uniform(3, height, width, seed: width, low: -0.1f, high: 1.1f);
        image.Data[0] = 0.001f;
        FloatImage lab = ColourSpace.ToLab(image);
        for (int i = 0; i < image.PixelCount; i++)
        {
            double[] expected = Lab(image.Plane(0)[i], image.Plane(1)[i], image.Plane(2)[i]);
            for (int c = 0; c < 3; c++)
                Assert.Equal(expected[c], lab.Plane(c)[i], 2e-3);
        }
    }

    [Fact]
    public void Luma_weighs_the_encoded_values_and_keeps_grey()
    {
        FloatImage luma = Luma.Of(new FloatImage(3, 1, 2, [0.4f, 1, 0.4f, 0, 0.4f, 0]));
        Assert.Equal(0.4f, luma.Data[0], 1e-6f);
        Assert.Equal(0.2126f, luma.Data[1], 1e-6f);
    }

    private static double[] Lab(double r, double g, double b)
    {
        double[] linear = [.. new[] { r, g, b }.Select(v => Math.Clamp(v, 0, 1)).Select(v => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4))];
        double x = (0.4124564 * linear[0] + 0.3575761 * linear[1] + 0.1804375 * linear[2]) / 0.950470;
        double y = 0.2126729 * linear[0] + 0.7151522 * linear[1] + 0.0721750 * linear[2];
        double z = (0.0193339 * linear[0] + 0.1191920 * linear[1] + 0.9503041 * linear[2]) / 1.088830;
        return [116 * F(y) - 16, 500 * (F(x) - F(y)), 200 * (F(y) - F(z))];
    }

    private static double F(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}
