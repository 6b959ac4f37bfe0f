using CsCheck;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Grading;

public sealed class GridSlicingTests
{
    private static readonly Gen<(int Height, int Width, int Classes, GridShape Shape, int Seed)> Cases =
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 4], Gen.Select(Gen.Int[2, 6], Gen.Int[2, 6], Gen.Int[2, 5], (w, h, d) => new GridShape(w, h, d)), Gen.Int[0, 1 << 20]);

    [Fact]
    public void Slicing_agrees_with_plain_trilinear_interpolation() => Cases.Sample((height, width, classes, shape, seed) =>
    {
        // Beyond what a picture holds too: the guide then stays at the border.
        FloatImage image = RandomImage.Uniform(3, height, width, seed, low: -0.2f, high: 1.2f), masks = Masks(classes, height, width, seed), output = new(3, height, width);
        AffineGrids grids = Grades.RandomGrids(classes, shape, seed, deviation: 1);

        new GridSlicing(image, masks, shape).Apply(grids.Values, output);

        double[] expected = NaiveSlicing.Apply(image, masks, grids);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], output.Data[i], 1e-4);
    }, iter: 100);

    [Fact]
    public void The_gradient_is_the_adjoint_of_slicing() => Cases.Sample((height, width, classes, shape, seed) =>
    {
        FloatImage image = RandomImage.Uniform(3, height, width, seed), masks = Masks(classes, height, width, seed);
        FloatImage sliced = new(3, height, width), other = RandomImage.Uniform(3, height, width, seed + 1, low: -1);
        var slicing = new GridSlicing(image, masks, shape);
        float[] grids = RandomImage.Uniform(1, 1, slicing.ParameterCount, seed + 2, low: -1).Data, gradient = new float[slicing.ParameterCount];
        Array.Fill(gradient, float.NaN);

        slicing.Apply(grids, sliced);
        slicing.ApplyAdjoint(other, gradient);

        double left = Dot(sliced.Data, other.Data), right = Dot(grids, gradient);
        double scale = Math.Sqrt(Dot(sliced.Data, sliced.Data) * Dot(other.Data, other.Data));
        Assert.Equal(left, right, 1e-5 * scale);
    }, iter: 100);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Identity_grids_leave_the_image_as_it_is(int classes)
    {
        FloatImage image = RandomImage.Uniform(3, 23, 31, seed: 1), output = new(3, 23, 31);

        new GridSlicing(image, Masks(classes, 23, 31, seed: 2), Grades.Shape).Apply(AffineGrids.Identity(classes, Grades.Shape).Values, output);

        for (int i = 0; i < image.Data.Length; i++) Assert.Equal(image.Data[i], output.Data[i], 1e-6f);
    }

    [Fact]
    public void Where_a_class_is_absent_its_grid_does_nothing_and_gets_nothing()
    {
        FloatImage image = RandomImage.Uniform(3, 20, 20, seed: 1), masks = new(2, 20, 20), output = new(3, 20, 20);
        masks.Plane(0).Fill(1);
        var slicing = new GridSlicing(image, masks, Grades.Shape);
        AffineGrids grids = AffineGrids.Identity(2, Grades.Shape);
        grids.Values.AsSpan(Grades.Shape.Length).Fill(float.NaN);
        var gradient = new float[slicing.ParameterCount];

        slicing.Apply(grids.Values, output);
        slicing.ApplyAdjoint(image, gradient);

        Assert.All(output.Data, value => Assert.True(float.IsFinite(value)));
        Assert.All(gradient[Grades.Shape.Length..], slope => Assert.Equal(0, slope));
    }

    [Fact]
    public void The_same_grids_give_the_same_bits_each_time()
    {
        FloatImage image = RandomImage.Uniform(3, 133, 47, seed: 1), masks = Masks(3, 133, 47, seed: 2), first = new(3, 133, 47), again = new(3, 133, 47);
        AffineGrids grids = Grades.RandomGrids(3, Grades.Shape, seed: 3);
        var slicing = new GridSlicing(image, masks, Grades.Shape);
        float[] firstGradient = new float[slicing.ParameterCount], gradient = new float[slicing.ParameterCount];
        slicing.Apply(grids.Values, first);
        slicing.ApplyAdjoint(first, firstGradient);

        for (int run = 0; run < 10; run++)
        {
            slicing.Apply(grids.Values, again);
            slicing.ApplyAdjoint(first, gradient);
            Assert.Equal(first.Data, again.Data);
            Assert.Equal(firstGradient, gradient);
        }
    }

    [Theory]
    [InlineData(1, 4, 4)]
    [InlineData(4, 1, 4)]
    [InlineData(4, 4, 1)]
    public void A_grid_of_one_cell_along_an_axis_is_refused(int width, int height, int depth)
    {
        FloatImage image = new(3, 4, 4), masks = Masks(1, 4, 4, seed: 1);

        Assert.Throws<ArgumentOutOfRangeException>(() => new GridSlicing(image, masks, new GridShape(width, height, depth)));
    }

    /// <summary>Shares that sum to one, many of them exactly zero or one.</summary>
    private static FloatImage Masks(int classes, int height, int width, int seed)
    {
        FloatImage masks = RandomImage.Uniform(classes, height, width, seed);
        for (int i = 0; i < masks.PixelCount; i++)
        {
            if (i % 2 == 0)
            {
                for (int k = 0; k < classes; k++) masks.Plane(k)[i] = k == i / 2 % classes ? 1 : 0;
                continue;
            }
            float sum = Enumerable.Range(0, classes).Sum(k => masks.Plane(k)[i]);
            for (int k = 0; k < classes; k++) masks.Plane(k)[i] /= sum;
        }
        return masks;
    }

    private static double Dot(float[] first, float[] second) => first.Zip(second, (a, b) => (double)a * b).Sum();
}
