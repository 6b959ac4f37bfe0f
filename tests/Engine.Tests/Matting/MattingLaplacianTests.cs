using PhotoStyle.Imaging;
using PhotoStyle.Matting;

namespace PhotoStyle.Engine.Tests.Matting;

public sealed class MattingLaplacianTests
{
    public static TheoryData<string, double> KindsAndEpsilons()
    {
        var data = new TheoryData<string, double>();
        foreach (var kind in TestImages.Kinds)
            foreach (var epsilon in (double[])[1e-7, 1e-5])
                data.Add(kind, epsilon);
        return data;
    }

    [Theory]
    [MemberData(nameof(KindsAndEpsilons))]
    public void Energy_and_product_agree_with_the_dense_oracle(string kind, double epsilon)
    {
        var image = TestImages.Make(kind, 13, 18, seed: 1);
        var oracle = new DenseMattingLaplacian(image, epsilon);
        var laplacian = new MattingLaplacian(image, epsilon);
        foreach (var p in (FloatImage[])[TestImages.Noise(3, 13, 18, seed: 2), image, TestImages.AffineOf(image)])
        {
            var product = new FloatImage(3, 13, 18);
            var energy = laplacian.EnergyAndProduct(p, product);
            var expectedEnergy = 0.0;
            for (var c = 0; c < 3; c++)
            {
                expectedEnergy += oracle.Energy(p.Plane(c));
                var expected = oracle.Product(p.Plane(c));
                // The product is rounded to float32 once: 6e-8.
                var tolerance = Math.Max(2e-7 * expected.Max(Math.Abs), 1e-14);
                for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], product.Plane(c)[i], tolerance);
            }
            // The worst seen is 1.4e-9, in flat regions; a constant image has no energy at all, but for the oracle's 28th digit.
            Assert.Equal(expectedEnergy, energy, Math.Max(1e-8 * expectedEnergy, 1e-24));
            Assert.True(energy >= 0);
        }
    }

    [Theory]
    [MemberData(nameof(KindsAndEpsilons))]
    public void Energy_alone_is_the_energy_that_comes_with_the_product(string kind, double epsilon)
    {
        var laplacian = new MattingLaplacian(TestImages.Make(kind, 40, 37, seed: 3), epsilon);
        var p = TestImages.Noise(3, 40, 37, seed: 4);
        Assert.Equal(laplacian.EnergyAndProduct(p, new FloatImage(3, 40, 37)), laplacian.Energy(p));
    }

    [Theory]
    [MemberData(nameof(KindsAndEpsilons))]
    public void The_matrix_is_symmetric_and_its_quadratic_form_is_the_energy(string kind, double epsilon)
    {
        var laplacian = new MattingLaplacian(TestImages.Make(kind, 70, 33, seed: 5), epsilon);
        FloatImage[] planes = [TestImages.Noise(1, 70, 33, seed: 6), TestImages.Noise(1, 70, 33, seed: 7)];
        FloatImage[] products = [new(1, 70, 33), new(1, 70, 33)];
        double[] energies = [.. planes.Zip(products, laplacian.EnergyAndProduct)];
        Assert.Equal(Dot(planes[0], products[1]), Dot(planes[1], products[0]), 1e-6 * energies[0]);
        Assert.Equal(energies[0], Dot(planes[0], products[0]), 1e-6 * energies[0]);
    }

    [Theory]
    [MemberData(nameof(KindsAndEpsilons))]
    public void Constants_are_in_the_null_space(string kind, double epsilon)
    {
        var laplacian = new MattingLaplacian(TestImages.Make(kind, 20, 30, seed: 8), epsilon);
        var ones = new FloatImage(2, 20, 30);
        ones.Plane(0).Fill(1);
        ones.Plane(1).Fill(0.3f);
        var product = new FloatImage(2, 20, 30);
        Assert.Equal(0, laplacian.EnergyAndProduct(ones, product));
        Assert.All(product.Data, value => Assert.Equal(0, value, 1e-14));
    }

    [Theory]
    [MemberData(nameof(KindsAndEpsilons))]
    public void Recolouring_by_an_affine_map_costs_nearly_nothing(string kind, double epsilon)
    {
        var image = TestImages.Make(kind, 20, 30, seed: 9);
        var laplacian = new MattingLaplacian(image, epsilon);
        // With p = A I + b the fit a = A leaves no residual, so the minimum is at most ε|A|² per window.
        var bound = 18 * 28 * epsilon;
        Assert.InRange(laplacian.Energy(image), 0, 3 * bound);
        Assert.InRange(laplacian.Energy(TestImages.AffineOf(image)), 0, TestImages.AffineSquaredNorm * bound * 1.001);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(9, 1)]
    [InlineData(2, 40)]
    [InlineData(40, 2)]
    public void Images_without_a_full_window_have_a_zero_matrix(int height, int width)
    {
        var laplacian = new MattingLaplacian(TestImages.Make("noise", height, width, seed: 10));
        var product = TestImages.Noise(3, height, width, seed: 11);
        Assert.Equal(0, laplacian.EnergyAndProduct(TestImages.Noise(3, height, width, seed: 12), product));
        Assert.All(product.Data, value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(3, 4)]
    [InlineData(4, 5)]
    [InlineData(3, 17)]
    [InlineData(33, 3)]
    [InlineData(34, 10)]
    [InlineData(65, 4)]
    public void Narrow_images_and_band_borders_agree_with_the_dense_oracle(int height, int width)
    {
        var image = TestImages.Make("noise", height, width, seed: 13);
        var oracle = new DenseMattingLaplacian(image, 1e-7);
        var p = TestImages.Noise(1, height, width, seed: 14);
        var product = new FloatImage(1, height, width);
        var energy = new MattingLaplacian(image).EnergyAndProduct(p, product);
        Assert.Equal(oracle.Energy(p.Data), energy, 1e-10 * energy);
        foreach (var (expected, actual) in oracle.Product(p.Data).Zip(product.Data)) Assert.Equal(expected, actual, 5e-7);
    }

    [Fact]
    public void Results_do_not_depend_on_the_degree_of_parallelism()
    {
        var image = TestImages.Make("eight-bit", 200, 61, seed: 15);
        var p = TestImages.Noise(3, 200, 61, seed: 16);
        var expectedProduct = new FloatImage(3, 200, 61);
        var expected = new MattingLaplacian(image, 1e-7, radius: 1, maxDegreeOfParallelism: 1).EnergyAndProduct(p, expectedProduct);
        foreach (var degree in (int[])[2, 3, 7, -1])
        {
            var laplacian = new MattingLaplacian(image, 1e-7, radius: 1, degree);
            for (var run = 0; run < 5; run++)
            {
                var product = TestImages.Noise(3, 200, 61, seed: run);
                Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(laplacian.EnergyAndProduct(p, product)));
                Assert.Equal(expectedProduct.Data, product.Data);
            }
        }
    }

    [Fact]
    public void One_operator_serves_any_number_of_channels_and_callers()
    {
        var laplacian = new MattingLaplacian(TestImages.Make("noise", 50, 20, seed: 17));
        var p = TestImages.Noise(5, 50, 20, seed: 18);
        var together = new FloatImage(5, 50, 20);
        var energy = laplacian.EnergyAndProduct(p, together);
        var energies = new double[5];
        Parallel.For(0, 5, c =>
        {
            var product = new FloatImage(1, 50, 20);
            energies[c] = laplacian.EnergyAndProduct(new FloatImage(1, 50, 20, p.Plane(c).ToArray()), product);
            Assert.Equal(together.Plane(c).ToArray(), product.Data);
        });
        Assert.Equal(energy, energies.Sum(), 1e-12 * energy);
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MattingLaplacian(new FloatImage(1, 5, 5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MattingLaplacian(new FloatImage(3, 5, 5), epsilon: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MattingLaplacian(new FloatImage(3, 5, 5), double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MattingLaplacian(new FloatImage(3, 5, 5), radius: 0));
        Assert.Throws<InvalidOperationException>(() => new MattingLaplacian(new FloatImage(3, 5, 5), radius: 2).Save(new MemoryStream()));
        var laplacian = new MattingLaplacian(new FloatImage(3, 5, 5));
        var p = new FloatImage(3, 5, 5);
        Assert.Throws<ArgumentOutOfRangeException>(() => laplacian.Energy(new FloatImage(3, 5, 6)));
        Assert.Throws<ArgumentOutOfRangeException>(() => laplacian.EnergyAndProduct(p, new FloatImage(2, 5, 5)));
        Assert.Throws<ArgumentException>(() => laplacian.EnergyAndProduct(p, p));
    }

    private static double Dot(FloatImage a, FloatImage b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Data.Length; i++) sum += (double)a.Data[i] * b.Data[i];
        return sum;
    }
}
