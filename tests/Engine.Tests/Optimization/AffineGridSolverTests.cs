using PhotoStyle.Engine.Tests.Grading;
using PhotoStyle.Engine.Tests.Imaging;
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
            AffineGridSolver.Solve([new(problem.Objective)], start, problem.Options, checkpoint: null, progress: null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void The_result_is_the_best_point_that_was_seen()
    {
        using var problem = new SmallProblem();
        AffineGrids start = AffineGrids.Identity(2, Grades.Shape);
        double loss = double.NaN;

        AffineGrids result = AffineGridSolver.Solve(
            [new(problem.Objective)], start, problem.Options with { Evaluations = 12 }, checkpoint: null, p => loss = p.Loss, TestContext.Current.CancellationToken);

        double[] x = Array.ConvertAll(result.Values, value => (double)value);
        Assert.Equal(loss, problem.Objective.Evaluate(x, new double[x.Length]), 1e-5 * loss);
        double[] identity = Array.ConvertAll(start.Values, value => (double)value);
        Assert.True(loss < problem.Objective.Evaluate(identity, new double[x.Length]) / 2);
    }

    [Fact]
    public void Two_sizes_share_the_evaluations_and_the_second_goes_on_from_the_grids_of_the_first()
    {
        using var problem = new SmallProblem();
        AffineGrids start = AffineGrids.Identity(2, Grades.Shape);
        var told = new List<SolveProgress>();

        AffineGridSolver.Solve([new(problem.Objective), new(problem.Objective)], start, problem.Options with { Evaluations = 20 }, checkpoint: null, told.Add, TestContext.Current.CancellationToken);

        Assert.Equal(told.Select((_, i) => i), told.Select(p => p.Iteration));
        Assert.Equal(told.Select(p => p.Evaluations).Order().Distinct(), told.Select(p => p.Evaluations));
        Assert.InRange(told[^1].Evaluations, 15, 20);
        // The two are the same problem: where the second begins, the first ended.
        SolveProgress second = told.First(p => p.Evaluations > 10);
        Assert.Equal(told.Last(p => p.Evaluations <= 10).Loss, second.Loss, 1e-5 * second.Loss);
        Assert.True(told[^1].Loss < second.Loss);
    }

    [Fact]
    public void Fewer_evaluations_than_sizes_are_all_made_at_the_last()
    {
        using var problem = new SmallProblem();
        var first = new Lazy<AffineGridObjective>(() => throw new InvalidOperationException("It was asked for."));
        var told = new List<SolveProgress>();

        AffineGridSolver.Solve(
            [first, new(problem.Objective)], AffineGrids.Identity(2, Grades.Shape), problem.Options with { Evaluations = 1 }, checkpoint: null, told.Add, TestContext.Current.CancellationToken);

        Assert.Equal(1, Assert.Single(told).Evaluations);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(13)]
    public void Stopped_at_either_of_two_sizes_it_goes_on_to_the_same_bits(int iteration)
    {
        using var problem = new SmallProblem();
        using var files = new TemporaryFolder();
        AffineGrids start = AffineGrids.Identity(2, Grades.Shape);
        AffineGrids expected = Solve(null, null, TestContext.Current.CancellationToken);

        var store = new CheckpointStore(new Checkpoint(files["state"], TimeSpan.FromDays(1)), new byte[32]);
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Solve(store, p => { if (p.Iteration == iteration) stop.Cancel(); }, stop.Token));
        var told = new List<SolveProgress>();
        AffineGrids resumed = Solve(store, told.Add, TestContext.Current.CancellationToken);

        Assert.Equal(expected.Values, resumed.Values);
        Assert.Equal(iteration + 1, told[0].Iteration);

        AffineGrids Solve(CheckpointStore? checkpoint, Action<SolveProgress>? progress, CancellationToken cancellation) => AffineGridSolver.Solve(
            [new(problem.Objective), new(problem.Objective)], start, problem.Options with { Evaluations = 20 }, checkpoint, progress, cancellation);
    }
}
