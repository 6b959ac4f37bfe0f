using CsCheck;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Engine.Tests.Segmentation;

public sealed class SoftMasksTests
{
    [Fact]
    public void Whatever_a_filter_leaves_becomes_shares_that_sum_to_one() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[0, 1 << 20], Gen.Float[0, 0.6f]).Sample((count, seed, cut) =>
        {
            FloatImage masks = RandomImage.Uniform(count, 3, 5, seed, low: -0.3f, high: 1.3f);
            masks.Data[0] = 0.9f;
            for (int i = 1; i < 15; i++)
                masks.Plane(seed % count)[i] = 0.4f;
            masks.Plane(seed % count)[0] = 0.4f;

            SoftMasks.Normalise(masks, cut);

            for (int i = 0; i < masks.PixelCount; i++)
            {
                Assert.Equal(1, Enumerable.Range(0, count).Sum(k => (double)masks.Plane(k)[i]), 1e-6);
                Assert.All(Enumerable.Range(0, count), k => Assert.InRange(masks.Plane(k)[i], 0, 1));
            }
        }, iter: 60, threads: 1);

    [Fact]
    public void A_class_that_alone_is_above_the_cut_is_exactly_one()
    {
        for (int step = 0; step < 1000; step++)
        {
            float small = 0.1999f * step / 1000;
            var masks = new FloatImage(2, 1, 1, [1 - small, small]);
            SoftMasks.Normalise(masks, 0.2f);
            Assert.Equal([1f, 0f], masks.Data);
        }
    }

    [Fact]
    public void Borders_stay_continuous_and_symmetric()
    {
        var masks = new FloatImage(2, 1, 3, [0.5f, 0.21f, 0.79f, 0.5f, 0.79f, 0.21f]);
        SoftMasks.Normalise(masks, 0.2f);
        Assert.Equal(0.5f, masks.Data[0], 1e-6f);
        Assert.InRange(masks.Data[1], 0.01f, 0.02f);
        Assert.Equal(masks.Data[1], masks.Data[5], 1e-6f);
    }

    [Fact]
    public void The_cut_between_two_classes_does_not_depend_on_how_many_others_there_are()
    {
        var masks = new FloatImage(30, 1, 1);
        (masks.Data[4], masks.Data[7]) = (0.85f, 0.15f);
        SoftMasks.Normalise(masks, 0.2f);
        Assert.Equal(1, masks.Data[4]);
        Assert.Equal(0, masks.Data[7]);
    }
}
