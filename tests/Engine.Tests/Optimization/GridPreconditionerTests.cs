using CsCheck;
using PhotoStyle.Grading;
using PhotoStyle.Losses;
using PhotoStyle.Optimization;

namespace PhotoStyle.Engine.Tests.Optimization;

public sealed class GridPreconditionerTests
{
    private static readonly Gen<(int Classes, GridShape Shape, SmoothnessOptions Smoothness, int Seed)> Cases = Gen.Select(
        Gen.Int[1, 3],
        Gen.Select(Gen.Int[2, 6], Gen.Int[2, 6], Gen.Int[2, 6], (w, h, d) => new GridShape(w, h, d)),
        Gen.Select(Gen.Double[0, 3], Gen.Double[0, 50], Gen.Double[0, 3], Gen.Double[0, 50], (s, sc, r, rc) => new SmoothnessOptions(s, sc, r, rc)),
        Gen.Int[0, 1 << 20]);

    [Fact]
    public void It_undoes_the_hessian_of_smoothness_plus_a_constant() => Cases.Sample((classes, shape, smoothness, seed) =>
    {
        const double curvature = 1e-3;
        double[] x = FiniteDifference.RandomDirection(classes * shape.Length, seed), product = [.. x.Select(v => curvature * v)], back = new double[x.Length];
        // The term is quadratic: its gradient is its Hessian times x.
        new GridSmoothnessTerm(classes, shape, smoothness).Evaluate(x, product, weight: 1);

        new GridPreconditioner(classes, shape, smoothness, curvature).Apply(product, back);

        for (int i = 0; i < x.Length; i++) Assert.Equal(x[i], back[i], 1e-9);
    }, iter: 60);

    [Fact]
    public void It_is_symmetric_and_positive_definite() => Cases.Sample((classes, shape, smoothness, seed) =>
    {
        var preconditioner = new GridPreconditioner(classes, shape, smoothness, curvature: 1e-5);
        double[] x = FiniteDifference.RandomDirection(classes * shape.Length, seed), y = FiniteDifference.RandomDirection(x.Length, seed + 1);
        double[] px = new double[x.Length], py = new double[x.Length];
        preconditioner.Apply(x, px);
        preconditioner.Apply(y, py);

        double xpy = FiniteDifference.Dot(x, py), xpx = FiniteDifference.Dot(x, px);
        Assert.True(xpx > 0);
        Assert.Equal(xpy, FiniteDifference.Dot(y, px), 1e-9 * xpx);
    }, iter: 60);

    [Fact]
    public void What_is_zero_throughout_a_class_stays_exactly_zero()
    {
        GridShape shape = new(5, 4, 3);
        var gradient = new double[3 * shape.Length];
        FiniteDifference.RandomDirection(shape.Length, seed: 1).CopyTo(gradient, shape.Length);
        var direction = new double[gradient.Length];

        new GridPreconditioner(3, shape, new SmoothnessOptions(), curvature: 1e-5).Apply(gradient, direction);

        Assert.All(direction[..shape.Length].Concat(direction[(2 * shape.Length)..]), value => Assert.Equal(0, value));
        Assert.DoesNotContain(direction[shape.Length..(2 * shape.Length)], value => value == 0);
    }
}
