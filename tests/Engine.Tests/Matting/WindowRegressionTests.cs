using PhotoStyle.Imaging;
using PhotoStyle.Matting;

namespace PhotoStyle.Engine.Tests.Matting;

public sealed class WindowRegressionTests
{
    public static TheoryData<string, double, int> Cases()
    {
        var data = new TheoryData<string, double, int>();
        foreach (var kind in TestImages.Kinds)
            foreach (var epsilon in (double[])[1e-7, 1e-5])
                foreach (var radius in (int[])[1, 2, 3])
                    data.Add(kind, epsilon, radius);
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Energy_product_and_entries_agree_with_the_dense_oracle_at_any_radius(string kind, double epsilon, int radius)
    {
        const int height = 9, width = 11;
        FloatImage image = TestImages.Make(kind, height, width, seed: 1);
        var oracle = new DenseMattingLaplacian(image, epsilon, radius);
        var laplacian = new MattingLaplacian(image, epsilon, radius);
        foreach (FloatImage p in new[] { TestImages.Noise(2, height, width, seed: 2), image })
        {
            var product = new FloatImage(p.Channels, height, width);
            double energy = laplacian.EnergyAndProduct(p, product), expectedEnergy = 0;
            for (int c = 0; c < p.Channels; c++)
            {
                expectedEnergy += oracle.Energy(p.Plane(c));
                double[] expected = oracle.Product(p.Plane(c));
                double tolerance = Math.Max(1e-6 * expected.Max(Math.Abs), 2e-8);
                for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], product.Plane(c)[i], tolerance);
            }
            Assert.Equal(expectedEnergy, energy, Math.Max(1e-6 * expectedEnergy, 1e-12));
            Assert.Equal(energy, laplacian.Energy(p));
        }

        SparseMatrix sparse = laplacian.ToSparse();
        double[] diagonal = new WindowRegression(image, epsilon, radius).Diagonal();
        var entries = new double[image.PixelCount, image.PixelCount];
        for (int i = 0; i < sparse.Rows; i++)
        {
            for (int at = sparse.RowStarts[i]; at < sparse.RowStarts[i + 1]; at++) entries[i, sparse.ColumnIndices[at]] = sparse.Values[at];
            Assert.Equal(entries[i, i], diagonal[i], 1e-12);
        }
        for (int i = 0; i < image.PixelCount; i++)
        {
            for (int j = 0; j < image.PixelCount; j++) Assert.Equal(oracle[i, j], entries[i, j], 2e-8);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Both_ways_of_computing_agree(int seed)
    {
        FloatImage image = TestImages.Make("eight-bit", 40, 37, seed), p = TestImages.Noise(1, 40, 37, seed: 5), fast = new(1, 40, 37);
        double energy = new MattingLaplacian(image, 1e-5).EnergyAndProduct(p, fast);
        var product = new double[p.PixelCount];

        Assert.Equal(energy, new WindowRegression(image, 1e-5, radius: 1).EnergyAndProduct([.. p.Data.Select(v => (double)v)], product), 1e-8 * energy);
        for (int i = 0; i < product.Length; i++) Assert.Equal(product[i], fast.Data[i], 1e-6);
    }

    [Fact]
    public void Images_without_a_full_window_have_a_zero_matrix_at_any_radius()
    {
        FloatImage image = TestImages.Noise(3, 6, 9, seed: 1), product = TestImages.Noise(3, 6, 9, seed: 2);
        var laplacian = new MattingLaplacian(image, 1e-7, radius: 3);

        Assert.Equal(0, laplacian.EnergyAndProduct(image, product));
        Assert.All(product.Data, value => Assert.Equal(0, value));
        Assert.Empty(laplacian.ToSparse().Values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Window_sums_are_sums_and_their_adjoint_is_theirs(int radius)
    {
        const int height = 17, width = 70;
        int across = width - 2 * radius, down = height - 2 * radius;
        double[] plane = FiniteDifference.RandomDirection(height * width, seed: 1), windows = FiniteDifference.RandomDirection(across * down, seed: 2);

        double[] sums = WindowSums.Inside(plane, height, width, radius), over = WindowSums.Over(windows, height, width, radius);

        for (int w = 0; w < sums.Length; w++)
        {
            double expected = 0;
            for (int dy = 0; dy <= 2 * radius; dy++)
            {
                for (int dx = 0; dx <= 2 * radius; dx++) expected += plane[(w / across + dy) * width + w % across + dx];
            }
            Assert.Equal(expected, sums[w], 1e-12);
        }
        Assert.Equal(FiniteDifference.Dot(windows, sums), FiniteDifference.Dot(plane, over), 1e-10);
    }
}
