using PhotoStyle.Engine.Tests.Matting;
using PhotoStyle.Imaging;
using PhotoStyle.Losses;
using PhotoStyle.Matting;

namespace PhotoStyle.Engine.Tests.Losses;

public sealed class PhotorealismTermTests
{
    private const double Epsilon = 1e-4;

    [Fact]
    public void Value_and_gradient_agree_with_the_dense_matrix()
    {
        FloatImage content = RandomImage.Uniform(3, 8, 9, seed: 1), output = RandomImage.Uniform(3, 8, 9, seed: 2), gradient = RandomImage.Uniform(3, 8, 9, seed: 3);
        float[] before = [.. gradient.Data];
        var matrix = new DenseMattingLaplacian(content, Epsilon);

        double value = new PhotorealismTerm(new MattingLaplacian(content, Epsilon)).Evaluate(output, gradient, weight: 2.5);

        double expected = Enumerable.Range(0, 3).Sum(c => matrix.Energy(output.Plane(c))) / 72;
        Assert.Equal(expected, value, 1e-6 * expected);
        for (int c = 0; c < 3; c++)
        {
            double[] product = matrix.Product(output.Plane(c));
            for (int i = 0; i < 72; i++) Assert.Equal(before[c * 72 + i] + 2 * 2.5 * product[i] / 72, gradient.Plane(c)[i], 1e-5);
        }
    }

    [Fact]
    public void One_affine_function_of_the_colours_costs_next_to_nothing_and_moved_edges_much()
    {
        FloatImage content = RandomImage.Uniform(3, 12, 12, seed: 1), gradient = new(3, 12, 12);
        var term = new PhotorealismTerm(new MattingLaplacian(content));

        double affine = term.Evaluate(TestImages.AffineOf(content), gradient, weight: 1), moved = term.Evaluate(RandomImage.Uniform(3, 12, 12, seed: 2), gradient, weight: 1);

        Assert.InRange(affine, 0, 1e-5);
        Assert.InRange(moved, 0.01, double.PositiveInfinity);
    }
}
