using PhotoStyle.Optimization;

namespace PhotoStyle.Engine.Tests.Optimization;

public sealed class LbfgsHistoryTests
{
    private const int Unknowns = 12;

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(20, false)]
    [InlineData(20, true)]
    [InlineData(3, true)]
    public void The_direction_is_that_of_the_dense_bfgs_matrix(int capacity, bool preconditioned)
    {
        var weights = Enumerable.Range(0, Unknowns).Select(i => preconditioned ? 1.0 / (1 + i) : 1).ToArray();
        var history = new LbfgsHistory(Unknowns, capacity, preconditioned ? Precondition : null);
        var pairs = new List<(double[] S, double[] Y)>();
        for (var move = 0; move < 8; move++)
        {
            // The gradient of a bowl with a full Hessian, so that sᵀy is positive and no axis is special.
            var from = TestFunctions.RandomPoint(Unknowns, 1, seed: 2 * move);
            var to = TestFunctions.RandomPoint(Unknowns, 1, seed: 2 * move + 1);
            history.Add(from, to, Gradient(from), Gradient(to));
            pairs.Add(([.. to.Zip(from, (a, b) => a - b)], [.. Gradient(to).Zip(Gradient(from), (a, b) => a - b)]));

            var gradient = TestFunctions.RandomPoint(Unknowns, 1, seed: 100 + move);
            var direction = new double[Unknowns];
            history.Direction(gradient, direction);
            var inverse = DenseInverse(pairs.TakeLast(capacity), weights);
            for (var i = 0; i < Unknowns; i++)
            {
                var expected = -Enumerable.Range(0, Unknowns).Sum(j => inverse[i, j] * gradient[j]);
                Assert.Equal(expected, direction[i], 1e-9 * VectorMath.Norm(direction));
            }
        }

        void Precondition(ReadOnlySpan<double> vector, Span<double> result)
        {
            for (var i = 0; i < vector.Length; i++) result[i] = weights[i] * vector[i];
        }
    }

    [Fact]
    public void A_move_of_negative_curvature_is_left_out()
    {
        var history = new LbfgsHistory(2, 3, null);
        history.Add([0, 0], [1, 1], [0, 0], [1, 2]);
        history.Add([0, 0], [1, 1], [1, 2], [0, 0]);
        history.Add([0, 0], [1, 1], [1, 2], [1, 2]);
        Assert.Single(history.Pairs);
        Assert.Equal([1, 2], history.Pairs[0].GradientChange);
    }

    private static double[] Gradient(double[] x)
    {
        var sum = x.Sum();
        return [.. x.Select((value, i) => (i + 1) * value + 0.5 * sum)];
    }

    /// <summary>H ← (E − ρ s yᵀ) H (E − ρ y sᵀ) + ρ s sᵀ for each pair, from γ P (Nocedal, Wright 2006, equation 6.17).</summary>
    private static double[,] DenseInverse(IEnumerable<(double[] S, double[] Y)> pairs, double[] weights)
    {
        var indices = Enumerable.Range(0, Unknowns).ToArray();
        var (newestS, newestY) = pairs.Last();
        var scale = indices.Sum(i => newestS[i] * newestY[i]) / indices.Sum(i => newestY[i] * weights[i] * newestY[i]);
        var inverse = new double[Unknowns, Unknowns];
        foreach (var i in indices) inverse[i, i] = scale * weights[i];
        foreach (var (s, y) in pairs)
        {
            var rho = 1 / indices.Sum(i => s[i] * y[i]);
            double Left(int i, int j) => (i == j ? 1 : 0) - rho * s[i] * y[j];
            var next = new double[Unknowns, Unknowns];
            foreach (var i in indices)
                foreach (var j in indices)
                    next[i, j] = indices.Sum(k => indices.Sum(l => Left(i, k) * inverse[k, l] * Left(j, l))) + rho * s[i] * s[j];
            inverse = next;
        }
        return inverse;
    }
}
