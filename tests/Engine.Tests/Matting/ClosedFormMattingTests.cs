using PhotoStyle.Imaging;
using PhotoStyle.Matting;

namespace PhotoStyle.Engine.Tests.Matting;

public sealed class ClosedFormMattingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Alpha_solves_the_dense_system(int radius)
    {
        const int height = 9, width = 10;
        FloatImage photo = TestImages.Make("eight-bit", height, width, seed: 1);
        bool[] known = [.. Enumerable.Range(0, height * width).Select(i => i % 7 == 0)];
        double[] values = [.. Enumerable.Range(0, height * width).Select(i => i % width > 4 ? 1.0 : 0)];

        double[] alpha = ClosedFormMatting.Solve(
            photo, known, values, new MattingOptions { Radius = radius, Tolerance = 1e-12, MostIterations = 5000 }, cancellation: TestContext.Current.CancellationToken);

        var matrix = new DenseMattingLaplacian(photo, new MattingOptions().Epsilon, radius);
        double[,] rows = new double[alpha.Length, alpha.Length + 1];
        for (int i = 0; i < alpha.Length; i++)
        {
            for (int j = 0; j < alpha.Length; j++) rows[i, j] = matrix[i, j] + (i == j && known[i] ? 100 : 0);
            rows[i, alpha.Length] = known[i] ? 100 * values[i] : 0;
        }
        double[] expected = Eliminate(rows);
        Assert.All(expected.Zip(alpha), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void A_border_that_is_off_is_pulled_to_the_edge_of_the_photo()
    {
        const int size = 48, edge = 22;
        FloatImage photo = TestImages.Noise(3, size, size, seed: 1), mask = new(1, size, size);
        for (int c = 0; c < 3; c++)
        {
            // A dark thing on a light ground, both with a little texture; the mask misses its edge by four pixels.
            for (int i = 0; i < photo.PixelCount; i++) photo.Plane(c)[i] = (i % size < edge ? 0.2f + 0.05f * c : 0.8f - 0.1f * c) + 0.03f * photo.Plane(c)[i];
        }
        for (int i = 0; i < mask.PixelCount; i++) mask.Data[i] = i % size < edge + 4 ? 1 : 0;
        var residuals = new List<double>();

        FloatImage alpha = ClosedFormMatting.Refine(photo, mask, new MattingOptions { Border = 8 }, (_, residual) => residuals.Add(residual), TestContext.Current.CancellationToken);

        for (int i = 0; i < alpha.PixelCount; i++) Assert.InRange(alpha.Data[i], i % size < edge ? 0.9f : 0, i % size < edge ? 1 : 0.1f);
        Assert.InRange(residuals[^1], 0, 1e-6);
    }

    [Fact]
    public void A_photo_without_a_window_keeps_its_mask()
    {
        FloatImage photo = TestImages.Noise(3, 2, 9, seed: 1), mask = TestImages.Noise(1, 2, 9, seed: 2);

        Assert.Equal(mask.Data, ClosedFormMatting.Refine(photo, mask, new MattingOptions(), cancellation: TestContext.Current.CancellationToken).Data);
    }

    [Fact]
    public void A_cancellation_stops_it()
    {
        using var cancellation = new CancellationTokenSource();
        FloatImage photo = TestImages.Noise(3, 30, 30, seed: 1), mask = new(1, 30, 30);
        Array.Fill(mask.Data, 1f, 0, 450);

        Assert.ThrowsAny<OperationCanceledException>(() => ClosedFormMatting.Refine(photo, mask, new MattingOptions(), (_, _) => cancellation.Cancel(), cancellation.Token));
    }

    private static double[] Eliminate(double[,] rows)
    {
        int count = rows.GetLength(0);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                if (j == i || rows[j, i] == 0) continue;
                double factor = rows[j, i] / rows[i, i];
                for (int k = i; k <= count; k++) rows[j, k] -= factor * rows[i, k];
            }
        }
        return [.. Enumerable.Range(0, count).Select(i => rows[i, count] / rows[i, i])];
    }
}
