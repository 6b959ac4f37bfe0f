using PhotoStyle.Optimization;

namespace PhotoStyle.Engine.Tests.Optimization;

/// <summary>Functions with known minima and traps.</summary>
internal static class TestFunctions
{
    /// <summary>½ Σ λ_i (x_i − i mod 3)², λ from 1 to <paramref name="condition"/> in equal ratios.</summary>
    public static Objective Bowl(int count, double condition) => (x, gradient) =>
    {
        var loss = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var d = x[i] - i % 3;
            gradient[i] = Eigenvalue(i, count, condition) * d;
            loss += 0.5 * gradient[i] * d;
        }
        return loss;
    };

    public static double Eigenvalue(int i, int count, double condition) => Math.Pow(condition, (double)i / Math.Max(count - 1, 1));

    /// <summary>The chained valley Σ 100 (x_{i+1} − x_i²)² + (1 − x_i)², with its minimum 0 at (1, …, 1).</summary>
    public static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
    {
        gradient.Clear();
        var loss = 0.0;
        for (var i = 0; i + 1 < x.Length; i++)
        {
            var (valley, offset) = (x[i + 1] - x[i] * x[i], 1 - x[i]);
            loss += 100 * valley * valley + offset * offset;
            gradient[i] += -400 * valley * x[i] - 2 * offset;
            gradient[i + 1] += 200 * valley;
        }
        return loss;
    }

    /// <summary>Σ x_i − ln x_i, not a number where any x_i is negative; minimum n at (1, …, 1).</summary>
    public static double Barrier(ReadOnlySpan<double> x, Span<double> gradient)
    {
        var loss = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            loss += x[i] - Math.Log(x[i]);
            gradient[i] = 1 - 1 / x[i];
        }
        return loss;
    }

    /// <summary>Regularised logistic regression on seeded random data; strictly convex.</summary>
    public static Objective Logistic(int count, int samples, int seed)
    {
        var random = new Random(seed);
        var rows = new double[samples][];
        var signs = new double[samples];
        for (var s = 0; s < samples; s++)
        {
            rows[s] = [.. Enumerable.Range(0, count).Select(_ => 4 * random.NextDouble() - 2)];
            signs[s] = rows[s][0] + random.NextDouble() > 0.5 ? 1 : -1;
        }
        return (x, gradient) =>
        {
            var loss = 0.0;
            for (var i = 0; i < x.Length; i++)
            {
                loss += 0.5e-3 * x[i] * x[i];
                gradient[i] = 1e-3 * x[i];
            }
            for (var s = 0; s < samples; s++)
            {
                var margin = 0.0;
                for (var i = 0; i < x.Length; i++) margin += signs[s] * rows[s][i] * x[i];
                loss += Math.Log(1 + Math.Exp(-margin)) / samples;
                var weight = -signs[s] / (1 + Math.Exp(margin)) / samples;
                for (var i = 0; i < x.Length; i++) gradient[i] += weight * rows[s][i];
            }
            return loss;
        };
    }

    public static double[] RandomPoint(int count, double radius, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => radius * (2 * random.NextDouble() - 1))];
    }

    public static LbfgsIteration Advance(this Lbfgs solver, Objective objective) => solver.Step(objective, TestContext.Current.CancellationToken);
}
