using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Imaging;

public sealed class BoxFilterTests
{
    [Theory]
    [InlineData(9, 13, 2)]
    [InlineData(1, 1, 3)]
    [InlineData(5, 4, 8)]
    [InlineData(20, 3, 1)]
    [InlineData(4, 6, 0)]
    public void Means_agree_with_a_walk_over_every_window(int height, int width, int radius)
    {
        FloatImage image = RandomImage.Uniform(1, height, width, seed: 5);
        var result = new float[image.PixelCount];
        BoxFilter.Mean(image.Plane(0), result, height, width, radius);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double sum = 0;
                int count = 0;
                for (int v = Math.Max(0, y - radius); v <= Math.Min(height - 1, y + radius); v++)
                {
                    for (int u = Math.Max(0, x - radius); u <= Math.Min(width - 1, x + radius); u++, count++)
                        sum += image.Row(0, v)[u];
                }
                Assert.Equal(sum / count, result[y * width + x], 1e-6);
            }
        }
    }
}
