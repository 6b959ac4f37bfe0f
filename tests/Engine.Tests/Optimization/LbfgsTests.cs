using CsCheck;
using PhotoStyle.Optimization;

namespace PhotoStyle.Engine.Tests.Optimization;

public sealed class LbfgsTests
{
    private static readonly LbfgsOptions Generous = new() { MaxEvaluations = 2000, GradientTolerance = 1e-9 };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1e3)]
    [InlineData(50, 1e2)]
    [InlineData(10, 1e6)]
    [InlineData(1000, 1e4)]
    public void Bowls_are_descended_to_their_minimum(int count, double condition)
    {
        var solver = new Lbfgs(TestFunctions.RandomPoint(count, 10, seed: 1), Generous);
        Run(solver, TestFunctions.Bowl(count, condition));
        Assert.Equal(LbfgsStop.GradientTolerance, solver.StopReason);
        for (var i = 0; i < count; i++) Assert.Equal(i % 3, solver.X[i], 1e-8);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    public void The_curved_valley_is_followed_to_its_end(int count)
    {
        double[] start = [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? -1.2 : 1)];
        var solver = new Lbfgs(start, Generous);
        Run(solver, TestFunctions.Rosenbrock);
        Assert.Equal(LbfgsStop.GradientTolerance, solver.StopReason);
        // For larger n the valley has a second minimum, near x₀ = −1.
        if (count == 2) Assert.All(solver.X.ToArray(), value => Assert.Equal(1, value, 1e-6));
        else Assert.True(solver.Loss is < 1e-12 or (> 3.9 and < 4.0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e3)]
    [InlineData(1e6)]
    public void Steps_into_the_undefined_are_shortened(double firstMove)
    {
        double[] start = [.. Enumerable.Range(1, 30).Select(i => 0.3 * i)];
        var solver = new Lbfgs(start, Generous with { FirstMove = firstMove, GradientTolerance = 1e-6 });
        Run(solver, TestFunctions.Barrier);
        Assert.Equal(LbfgsStop.GradientTolerance, solver.StopReason);
        Assert.All(solver.X.ToArray(), value => Assert.Equal(1, value, 1e-6));
    }

    [Fact]
    public void A_convex_fit_reaches_its_only_stationary_point_from_anywhere()
    {
        var objective = TestFunctions.Logistic(20, 200, seed: 2);
        var solvers = Enumerable.Range(0, 3).Select(seed => new Lbfgs(TestFunctions.RandomPoint(20, 5, seed), Generous)).ToArray();
        foreach (var solver in solvers)
        {
            Run(solver, objective);
            Assert.Equal(LbfgsStop.GradientTolerance, solver.StopReason);
            for (var i = 0; i < 20; i++) Assert.Equal(solvers[0].X[i], solver.X[i], 1e-5);
        }
    }

    [Fact]
    public void Every_move_meets_the_strong_wolfe_conditions()
    {
        (Objective Objective, double[] Start)[] problems =
        [
            (TestFunctions.Rosenbrock, TestFunctions.RandomPoint(10, 3, seed: 3)),
            (TestFunctions.Barrier, [.. TestFunctions.RandomPoint(10, 1, seed: 4).Select(v => 1.1 + v)]),
            (TestFunctions.Bowl(40, 1e4), TestFunctions.RandomPoint(40, 100, seed: 5)),
            (TestFunctions.Logistic(20, 200, seed: 6), TestFunctions.RandomPoint(20, 50, seed: 7)),
        ];
        foreach (var (objective, start) in problems)
            foreach (var c2 in (double[])[0.9, 0.1])
            {
                var options = Generous with { C2 = c2, GradientTolerance = 1e-4, MaxEvaluationsPerSearch = 40 };
                var solver = new Lbfgs(start, options);
                solver.Advance(objective);
                while (solver.StopReason is null)
                {
                    var (x, gradient, loss) = (solver.X.ToArray(), solver.Gradient.ToArray(), solver.Loss);
                    solver.Advance(objective);
                    var slope = gradient.Select((g, i) => g * (solver.X[i] - x[i])).Sum();
                    var slopeAfter = solver.Gradient.ToArray().Select((g, i) => g * (solver.X[i] - x[i])).Sum();
                    Assert.True(slope < 0);
                    Assert.True(solver.Loss <= loss + options.C1 * slope * (1 - 1e-6));
                    Assert.True(Math.Abs(slopeAfter) <= c2 * Math.Abs(slope) * (1 + 1e-6));
                }
                Assert.Equal(LbfgsStop.GradientTolerance, solver.StopReason);
            }
    }

    [Fact]
    public void The_loss_never_rises_and_the_state_describes_the_iterate() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Int[1, 40], Gen.Double[0.01, 100], Gen.Int[1, 5], Gen.Int[0, 3]).Sample(
            (seed, count, radius, history, problem) =>
            {
                Objective objective = problem switch
                {
                    0 => TestFunctions.Rosenbrock,
                    1 => TestFunctions.Bowl(count, 1e5),
                    2 => TestFunctions.Barrier,
                    // No minimum at all, and curvature of either sign.
                    _ => (x, gradient) =>
                    {
                        var sum = 0.0;
                        for (var i = 0; i < x.Length; i++)
                        {
                            sum += Math.Sin(x[i]) + 0.1 * x[i];
                            gradient[i] = Math.Cos(x[i]) + 0.1;
                        }
                        return sum;
                    }
                };
                var start = TestFunctions.RandomPoint(count, radius, seed);
                if (problem == 2) start = [.. start.Select(v => Math.Abs(v) + 1e-3)];
                var solver = new Lbfgs(start, new LbfgsOptions { MaxEvaluations = 60, History = history });
                var loss = solver.Advance(objective).Loss;
                while (solver.StopReason is null)
                {
                    var iteration = solver.Advance(objective);
                    Assert.True(iteration.StepLength == 0 ? iteration.Loss == loss : iteration.Loss < loss);
                    loss = iteration.Loss;
                    var gradient = new double[count];
                    Assert.Equal(objective(solver.X, gradient), solver.Loss);
                    Assert.Equal(gradient, solver.Gradient);
                    Assert.Equal(VectorMath.Norm(gradient), iteration.GradientNorm);
                    Assert.Equal((solver.Iteration, solver.Evaluations, solver.Loss), (iteration.Iteration, iteration.Evaluations, iteration.Loss));
                }
            },
            iter: 200);

    [Fact]
    public void The_evaluation_budget_is_never_exceeded()
    {
        for (var budget = 1; budget <= 30; budget++)
        {
            var calls = 0;
            Objective counted = (x, gradient) =>
            {
                calls++;
                return TestFunctions.Rosenbrock(x, gradient);
            };
            var solver = new Lbfgs([-1.2, 1, -0.5], new LbfgsOptions { MaxEvaluations = budget });
            Run(solver, counted);
            Assert.Equal(budget, calls);
            Assert.Equal(budget, solver.Evaluations);
            Assert.Equal(LbfgsStop.EvaluationBudget, solver.StopReason);
        }
    }

    [Fact]
    public void An_exact_inverse_hessian_needs_few_moves()
    {
        const int count = 200;
        const double condition = 1e6;
        foreach (var factor in (double[])[1, 1e-3, 1e3])
        {
            var solver = new Lbfgs(TestFunctions.RandomPoint(count, 10, seed: 8), Generous, (vector, result) =>
            {
                for (var i = 0; i < count; i++) result[i] = factor * vector[i] / TestFunctions.Eigenvalue(i, count, condition);
            });
            Run(solver, TestFunctions.Bowl(count, condition));
            Assert.Equal(LbfgsStop.GradientTolerance, solver.StopReason);
            Assert.InRange(solver.Iteration, 1, 3);
        }
    }

    [Fact]
    public void A_preconditioner_that_is_not_positive_definite_is_a_bug()
    {
        var solver = new Lbfgs([3, 4], Generous, (vector, result) =>
        {
            for (var i = 0; i < vector.Length; i++) result[i] = -vector[i];
        });
        solver.Advance(TestFunctions.Rosenbrock);
        Assert.Throws<InvalidOperationException>(() => solver.Advance(TestFunctions.Rosenbrock));
    }

    [Fact]
    public void A_wrong_gradient_ends_the_search_with_a_reason_and_the_start_is_kept()
    {
        Objective wrong = (x, gradient) =>
        {
            var loss = TestFunctions.Rosenbrock(x, gradient);
            for (var i = 0; i < gradient.Length; i++) gradient[i] = -gradient[i];
            return loss;
        };
        // At (0, 0) the negated gradient points uphill and the loss keeps rising.
        var solver = new Lbfgs([0, 0], Generous);
        Run(solver, wrong);
        Assert.Equal(LbfgsStop.NoDecrease, solver.StopReason);
        Assert.Equal([0, 0], solver.X.ToArray());
        Assert.Equal(1 + solver.Options.MaxEvaluationsPerSearch, solver.Evaluations);
    }

    [Fact]
    public void A_failed_search_is_tried_again_along_the_gradient_and_forgets_the_past()
    {
        // The landscape changes under the solver once, so that its curvature model leads astray.
        var evaluations = 0;
        Objective shifting = (x, gradient) =>
        {
            var sign = evaluations++ < 12 ? 1 : -1;
            var loss = 0.0;
            for (var i = 0; i < x.Length; i++)
            {
                var stiffness = sign > 0 ? Math.Pow(10, i) : Math.Pow(10, x.Length - i);
                gradient[i] = stiffness * x[i];
                loss += 0.5 * stiffness * x[i] * x[i];
            }
            return sign > 0 ? loss + 1e9 : loss;
        };
        var solver = new Lbfgs([1, 2, 3, 4], Generous with { MaxEvaluationsPerSearch = 4 });
        var sizes = new List<long>();
        while (solver.StopReason is null)
        {
            solver.Advance(shifting);
            var state = new MemoryStream();
            solver.Save(state);
            sizes.Add(state.Length);
        }
        Assert.Equal(LbfgsStop.GradientTolerance, solver.StopReason);
        Assert.NotEqual(sizes.Order(), sizes);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_start_without_a_finite_loss_is_reported(double value)
    {
        var solver = new Lbfgs([1], Generous);
        solver.Advance((_, gradient) =>
        {
            gradient[0] = 1;
            return value;
        });
        Assert.Equal(LbfgsStop.StartNotFinite, solver.StopReason);
    }

    [Fact]
    public void Small_relative_decreases_end_the_minimisation()
    {
        var solver = new Lbfgs([-1.2, 1], new LbfgsOptions { MaxEvaluations = 1000, RelativeDecreaseTolerance = 1e-2 });
        var losses = Run(solver, TestFunctions.Rosenbrock);
        Assert.Equal(LbfgsStop.RelativeDecreaseTolerance, solver.StopReason);
        Assert.True(losses[^2] - losses[^1] <= 1e-2 * losses[^2]);
        for (var i = 2; i < losses.Count - 1; i++) Assert.True(losses[i - 1] - losses[i] > 1e-2 * losses[i - 1]);
    }

    [Fact]
    public void A_minimum_at_the_start_is_recognised()
    {
        var solver = new Lbfgs([1, 1, 1], new LbfgsOptions { MaxEvaluations = 10 });
        solver.Advance(TestFunctions.Rosenbrock);
        Assert.Equal(LbfgsStop.GradientTolerance, solver.StopReason);
        Assert.Throws<InvalidOperationException>(() => solver.Advance(TestFunctions.Rosenbrock));
    }

    [Fact]
    public void Noise_of_single_precision_does_no_harm()
    {
        var bowl = TestFunctions.Bowl(100, 1e3);
        var solver = new Lbfgs(TestFunctions.RandomPoint(100, 10, seed: 9), new LbfgsOptions { MaxEvaluations = 500 });
        var losses = Run(solver, (x, gradient) =>
        {
            var loss = (float)(1 + bowl(x, gradient));
            foreach (ref var g in gradient) g = (float)g;
            return loss;
        });
        Assert.Equal(LbfgsStop.NoDecrease, solver.StopReason);
        Assert.Equal(losses.OrderDescending(), losses);
        Assert.Equal(1, solver.Loss, 5e-6);
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        foreach (var options in (LbfgsOptions[])
        [
            Generous with { MaxEvaluations = 0 },
            Generous with { History = 0 },
            Generous with { C1 = 0 },
            Generous with { C1 = 0.95 },
            Generous with { C2 = 1 },
            Generous with { GradientTolerance = -1 },
            Generous with { RelativeDecreaseTolerance = double.NaN },
            Generous with { FirstMove = 0 },
            Generous with { MaxEvaluationsPerSearch = 0 },
        ])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new Lbfgs([1], options));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lbfgs([], Generous));
    }

    private static List<double> Run(Lbfgs solver, Objective objective)
    {
        var losses = new List<double>();
        while (solver.StopReason is null) losses.Add(solver.Advance(objective).Loss);
        return losses;
    }
}
