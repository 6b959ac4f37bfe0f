using PhotoStyle.Engine.Tests.Grading;
using PhotoStyle.Grading;
using PhotoStyle.Optimization;

namespace PhotoStyle.Engine.Tests.Optimization;

public sealed class AffineGridSolverTests
{
    [Fact]
    public void An_objective_that_is_not_finite_at_the_start_is_a_bug_and_not_a_result()
    {
        using var problem = new SmallProblem();
        AffineGrids start = AffineGrids.Identity(2, Grades.Shape);
        start.Values[5] = float.NaN;

        Assert.Throws<InvalidOperationException>(() =>
            AffineGridSolver.Solve(problem.Objective, start, problem.Options, checkpoint: null, progress: null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_result_is_the_best_point_that_was_seen()
    {
        using var problem = new SmallProblem();
        AffineGrids start = AffineGrids.Identity(2, Grades.Shape);
        double loss = double.NaN;

        AffineGrids result = AffineGridSolver.Solve(
            problem.Objective, start, problem.Options with { Evaluations = 12 }, checkpoint: null, p => loss = p.Loss, TestContext.Current.CancellationToken);

        double[] x = Array.ConvertAll(result.Values, value => (double)value);
        Assert.Equal(loss, problem.Objective.Evaluate(x, new double[x.Length]), 1e-5 * loss);
        double[] identity = Array.ConvertAll(start.Values, value => (double)value);
        Assert.True(loss < problem.Objective.Evaluate(identity, new double[x.Length]) / 2);
    }
}
