using PhotoStyle.Imaging;
using PhotoStyle.Matting;

namespace PhotoStyle.Engine.Tests.Matting;

public sealed class WindowStatisticsTests
{
    [Theory]
    [InlineData(40, 37)]
    [InlineData(3, 3)]
    [InlineData(5, 2)]
    [InlineData(1, 1)]
    public void An_operator_that_was_saved_and_loaded_is_the_same_to_the_bit(int height, int width)
    {
        FloatImage image = TestImages.Noise(3, height, width, seed: 1), p = TestImages.Noise(3, height, width, seed: 2);
        var laplacian = new MattingLaplacian(image, 1e-5);
        using var stream = new MemoryStream();
        laplacian.Save(stream);
        stream.Position = 0;

        MattingLaplacian loaded = MattingLaplacian.Load(stream, image);

        FloatImage expected = new(3, height, width), product = new(3, height, width);
        Assert.Equal(laplacian.EnergyAndProduct(p, expected), loaded.EnergyAndProduct(p, product));
        Assert.Equal(expected.Data, product.Data);
        Assert.Equal(1e-5, loaded.Epsilon);
    }

    [Fact]
    public void Statistics_cut_short_of_another_kind_or_of_another_image_are_refused()
    {
        FloatImage image = TestImages.Noise(3, 9, 8, seed: 1);
        using var stream = new MemoryStream();
        new MattingLaplacian(image).Save(stream);
        byte[] whole = stream.ToArray();

        foreach (int length in new[] { 0, 7, 23, whole.Length / 2, whole.Length - 1 }) AssertRefused(whole[..length], image);
        AssertRefused([.. whole.Reverse()], image);
        AssertRefused(whole, TestImages.Noise(3, 8, 9, seed: 1));
        AssertRefused(whole, TestImages.Noise(3, 9, 8, seed: 2));
    }

    private static void AssertRefused(byte[] bytes, FloatImage image) =>
        Assert.Throws<InvalidDataException>(() => MattingLaplacian.Load(new MemoryStream(bytes), image));
}
