using CsCheck;
using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Imaging;

public sealed class PhotoReductionTests
{
    [Theory]
    [InlineData(3, 8)]
    [InlineData(4, 8)]
    [InlineData(3, 16)]
    [InlineData(4, 16)]
    public void At_full_size_the_values_are_exact(int bands, int bitDepth)
    {
        using var photo = PhotoReader.Read(Pictures.Smooth(37, 23, bands, bitDepth).PngsaveBuffer(), "photo");
        var image = photo.ToFloatImage(1000);
        var samples = Pictures.Samples(photo);
        var full = bitDepth == 16 ? 65535f : 255f;

        Assert.Equal((3, 23, 37), (image.Channels, image.Height, image.Width));
        for (var c = 0; c < 3; c++)
            Assert.Equal(samples.Where((_, i) => i % bands == c).Select(v => v / full), image.Plane(c).ToArray());
        using var back = Photo.FromFloatImage(image, bitDepth);
        Assert.Equal(samples.Where((_, i) => i % bands < 3), Pictures.Samples(back));
    }

    [Theory]
    [InlineData(3, 8)]
    [InlineData(4, 16)]
    public void Smaller_is_the_cubic_average_computed_in_double(int bands, int bitDepth)
    {
        using var photo = PhotoReader.Read(Pictures.Smooth(97, 61, bands, bitDepth).PngsaveBuffer(), "photo");
        var full = photo.ToFloatImage(97);
        foreach (var longSide in new[] { 96, 50, 31, 7, 1 })
        {
            var small = photo.ToFloatImage(longSide);
            Assert.Equal(longSide, small.Width);
            for (var c = 0; c < 3; c++)
            {
                for (var y = 0; y < small.Height; y++)
                {
                    for (var x = 0; x < small.Width; x++)
                        Assert.Equal(Average(full, c, x, y, small), small.Row(c, y)[x], 1e-5);
                }
            }
        }
    }

    [Fact]
    public void Detail_finer_than_the_target_does_not_fold_back()
    {
        var stripes = Enumerable.Range(0, 600 * 4).SelectMany(i => Enumerable.Repeat((ushort)(i % 600 % 2 * 255), 3));
        using var photo = PhotoReader.Read(Pictures.Of([.. stripes], 600, 4, 3).PngsaveBuffer(), "stripes", new ImageLimits { MaxAspectRatio = 200 });

        Assert.All(photo.ToFloatImage(140).Data, v => Assert.InRange(v, 0.45, 0.55));
    }

    [Fact]
    public void A_flat_photo_stays_flat_at_every_size() =>
        Gen.Select(Gen.Int[1, 90], Gen.Int[1, 90], Gen.Int[1, 100], Gen.Byte).Sample(
            (width, height, longSide, level) =>
            {
                var flat = new FloatImage(3, height, width, [.. Enumerable.Repeat(level / 255f, 3 * width * height)]);
                using var photo = Photo.FromFloatImage(flat);
                var small = photo.ToFloatImage(longSide);
                Assert.True(Math.Max(small.Width, small.Height) == Math.Min(longSide, Math.Max(width, height)));
                Assert.All(small.Data, v => Assert.Equal(level / 255f, v, 1e-5f));
            },
            iter: 100);

    [Fact]
    public void Values_out_of_range_are_clipped_and_not_a_number_is_black()
    {
        using var photo = Photo.FromFloatImage(new FloatImage(3, 1, 2, [-1, 2, float.NaN, 0.5f, 1, 0]), 16);
        Assert.Equal([0, 0, 65535, 65535, 32768, 0], Pictures.Samples(photo));
    }

    [Fact]
    public void A_blank_photo_has_the_shape_of_its_model_and_pixels_of_its_own()
    {
        using var photo = PhotoReader.Read(Pictures.Smooth(9, 5, 4, 16).PngsaveBuffer(), "photo");
        using var blank = photo.CreateBlank();
        var before = Pictures.Samples(photo);
        Assert.Equal((9, 5, 4, 16), (blank.Width, blank.Height, blank.Channels, blank.BitDepth));
        Assert.All(Pictures.Samples(blank), v => Assert.Equal(0, v));
        blank.Row16(2).Fill(7);
        Assert.Equal(before, Pictures.Samples(photo));
        Assert.Throws<InvalidOperationException>(() => blank.Row8(0).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => blank.Row16(5).Length);
        photo.Dispose();
        Assert.Throws<ObjectDisposedException>(() => photo.Row16(0).Length);
    }

    private static double Average(FloatImage full, int channel, int x, int y, FloatImage small)
    {
        var columns = Weights(full.Width, small.Width, x);
        var rows = Weights(full.Height, small.Height, y);
        var sum = 0.0;
        for (var j = 0; j < full.Height; j++)
        {
            for (var i = 0; i < full.Width; i++)
                sum += rows[j] * columns[i] * full.Row(channel, j)[i];
        }

        return Math.Clamp(sum, 0, 1);
    }

    private static double[] Weights(int source, int target, int index)
    {
        var scale = (double)target / source;
        var raw = Enumerable.Range(0, source).Select(s => Keys((s + 0.5) * scale - (index + 0.5))).ToArray();
        return [.. raw.Select(w => w / raw.Sum())];
    }

    // Keys 1981, equation 15.
    private static double Keys(double s)
    {
        s = Math.Abs(s);
        if (s < 1)
            return 1.5 * Math.Pow(s, 3) - 2.5 * Math.Pow(s, 2) + 1;
        return s < 2 ? -0.5 * Math.Pow(s, 3) + 2.5 * Math.Pow(s, 2) - 4 * s + 2 : 0;
    }
}
