using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Engine.Tests.Segmentation;

public sealed class GuidedFilterTests
{
    [Theory]
    [InlineData(1, 1e-4)]
    [InlineData(3, 1e-4)]
    [InlineData(3, 1e-2)]
    public void Filtering_agrees_with_a_ridge_regression_solved_in_every_window(int guideChannels, double epsilon)
    {
        const int radius = 3;
        // Low contrast on a bright level: here differences of squares lose most.
        FloatImage guide = RandomImage.Uniform(guideChannels, 14, 11, seed: 1, low: 0.85f, high: 0.95f);
        FloatImage input = SoftMasks.OneHot(RandomImage.Stripes(14, 11, 3, seed: 2), 14, 11, 3);

        FloatImage result = GuidedFilterCoefficients.Fit(guide, input, radius, epsilon).Apply(guide);

        for (int k = 0; k < 3; k++)
        {
            double[] expected = Dense(guide, input, k, radius, epsilon);
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], result.Plane(k)[i], 2e-3);
        }
    }

    [Fact]
    public void An_input_that_is_affine_in_the_guide_is_kept()
    {
        FloatImage guide = RandomImage.Uniform(3, 40, 50, seed: 3);
        var input = new FloatImage(1, 40, 50);
        for (int i = 0; i < input.PixelCount; i++)
            input.Data[i] = 0.3f * guide.Plane(0)[i] - 0.5f * guide.Plane(1)[i] + 0.2f * guide.Plane(2)[i] + 0.4f;
        FloatImage result = GuidedFilterCoefficients.Fit(guide, input, 4, 1e-7).Apply(guide);
        for (int i = 0; i < input.PixelCount; i++)
            Assert.Equal(input.Data[i], result.Data[i], 1e-4f);
    }

    [Fact]
    public void Inputs_that_sum_to_one_give_results_that_sum_to_one()
    {
        FloatImage guide = RandomImage.Uniform(3, 30, 40, seed: 4);
        FloatImage result = SoftMasks.Fit(RandomImage.Stripes(30, 40, 4, seed: 5), 4, guide).Apply(guide);
        for (int i = 0; i < result.PixelCount; i++)
            Assert.Equal(1, Enumerable.Range(0, 4).Sum(k => result.Plane(k)[i]), 1e-4);
    }

    [Fact]
    public void A_mask_that_is_two_pixels_off_moves_to_the_edge_of_the_photo()
    {
        // The photo has its edge before column 32, the mask before column 34.
        var photo = new FloatImage(3, 48, 64);
        var classes = new byte[photo.PixelCount];
        for (int i = 0; i < photo.PixelCount; i++)
        {
            float noise = new Random(i).NextSingle() * 0.02f;
            for (int c = 0; c < 3; c++)
                photo.Plane(c)[i] = (i % 64 < 32 ? 0.7f : 0.4f) + noise;
            classes[i] = (byte)(i % 64 < 34 ? 0 : 1);
        }
        FloatImage masks = SoftMasks.Of(GuidedFilterCoefficients.Fit(photo, SoftMasks.OneHot(classes, 48, 64, 2), 8, 1e-4), photo);
        for (int y = 0; y < 48; y++)
        {
            Assert.Equal(1, masks.Row(0, y)[31]);
            Assert.InRange(masks.Row(0, y)[33], 0, 0.3f);
        }
    }

    private static double[] Dense(FloatImage guide, FloatImage input, int k, int radius, double epsilon)
    {
        int height = guide.Height, width = guide.Width, channels = guide.Channels;
        var sums = new double[height * width];
        var counts = new int[height * width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int[] window = [.. from v in Enumerable.Range(0, height) from u in Enumerable.Range(0, width)
                                   where Math.Abs(v - y) <= radius && Math.Abs(u - x) <= radius select v * width + u];
                double[] mean = [.. Enumerable.Range(0, channels).Select(c => window.Average(i => (double)guide.Plane(c)[i]))];
                double target = window.Average(i => (double)input.Plane(k)[i]);
                var system = new double[channels, channels + 1];
                for (int c = 0; c < channels; c++)
                {
                    for (int d = 0; d < channels; d++)
                        system[c, d] = window.Average(i => (guide.Plane(c)[i] - mean[c]) * (guide.Plane(d)[i] - mean[d])) + (c == d ? epsilon : 0);
                    system[c, channels] = window.Average(i => (guide.Plane(c)[i] - mean[c]) * (input.Plane(k)[i] - target));
                }
                double[] slope = Solve(system);
                foreach (int i in window)
                {
                    sums[i] += target + Enumerable.Range(0, channels).Sum(c => slope[c] * (guide.Plane(c)[i] - mean[c]));
                    counts[i]++;
                }
            }
        }
        return [.. sums.Select((sum, i) => sum / counts[i])];
    }

    private static double[] Solve(double[,] system)
    {
        int n = system.GetLength(0);
        for (int pivot = 0; pivot < n; pivot++)
        {
            for (int row = 0; row < n; row++)
            {
                double factor = row == pivot ? 0 : system[row, pivot] / system[pivot, pivot];
                for (int column = pivot; column <= n; column++)
                    system[row, column] -= factor * system[pivot, column];
            }
        }
        return [.. Enumerable.Range(0, n).Select(i => system[i, n] / system[i, i])];
    }
}
