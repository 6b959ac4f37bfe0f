using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Imaging;

public sealed class LabSlopesTests
{
    [Fact]
    public void Colours_are_those_of_the_conversion_of_images()
    {
        FloatImage image = RandomImage.Uniform(3, 9, 11, seed: 1), lab = ColourSpace.ToLab(image);
        var slopes = new float[9];
        var value = new float[3];
        for (int i = 0; i < image.PixelCount; i++)
        {
            LabSlopes.Convert([image.Plane(0)[i], image.Plane(1)[i], image.Plane(2)[i]], value, slopes);
            for (int c = 0; c < 3; c++) Assert.Equal(lab.Plane(c)[i] / 100, value[c], 1e-4f);
        }
    }

    [Theory]
    [InlineData(0.5f, 0.4f, 0.7f)]
    [InlineData(0.9f, 0.1f, 0.3f)]
    [InlineData(0.01f, 0.02f, 0.015f)]
    [InlineData(0.02f, 0.5f, 0.01f)]
    public void Slopes_are_those_of_the_values(float red, float green, float blue)
    {
        float[] colour = [red, green, blue], slopes = new float[9], above = new float[3], below = new float[3], ignored = new float[9];
        LabSlopes.Convert(colour, above, slopes);
        const float step = 2e-3f;
        for (int c = 0; c < 3; c++)
        {
            float[] more = [.. colour], less = [.. colour];
            (more[c], less[c]) = (colour[c] + step, colour[c] - step);
            LabSlopes.Convert(more, above, ignored);
            LabSlopes.Convert(less, below, ignored);
            for (int o = 0; o < 3; o++) Assert.Equal((above[o] - below[o]) / (2 * step), slopes[3 * o + c], 0.02f * Math.Abs(slopes[3 * o + c]) + 2e-3f);
        }
    }

    [Fact]
    public void Beyond_what_a_picture_can_hold_nothing_changes()
    {
        var slopes = new float[9];
        LabSlopes.Convert([1.2f, -0.1f, 0.5f], new float[3], slopes);

        for (int o = 0; o < 3; o++) Assert.Equal((0, 0), (slopes[3 * o], slopes[3 * o + 1]));
        Assert.NotEqual(0, slopes[2]);
    }
}
