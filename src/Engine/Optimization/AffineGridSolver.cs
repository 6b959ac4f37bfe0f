using System.Diagnostics;
using PhotoStyle.Grading;

namespace PhotoStyle.Optimization;

/// <summary>Minimises the objective over affine grids with L-BFGS.</summary>
internal static class AffineGridSolver
{
    // In units of affine coefficients, over all cells together: small enough not to leave the valley that the start lies in.
    private const double FirstMove = 0.1;

    /// <summary>Solves, or goes on solving from a checkpoint.</summary>
    /// <param name="objective">What is minimised.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="options">For how long.</param>
    /// <param name="checkpoint">Where the state is kept across interruptions, or null.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="cancellation">Looked at before each evaluation.</param>
    public static AffineGrids Solve(
        AffineGridObjective objective,
        AffineGrids start,
        SolverOptions options,
        CheckpointStore? checkpoint,
        Action<SolveProgress>? progress,
        CancellationToken cancellation)
    {
        Lbfgs solver = checkpoint?.Load() ?? new Lbfgs(
            Array.ConvertAll(start.Values, value => (double)value),
            new LbfgsOptions { MaxEvaluations = options.Evaluations, FirstMove = FirstMove });
        long began = Stopwatch.GetTimestamp();
        int before = solver.Evaluations;
        try
        {
            while (solver.StopReason is null)
            {
                LbfgsIteration step = solver.Step(objective.Evaluate, cancellation);
                progress?.Invoke(new SolveProgress(
                    step.Iteration, step.Evaluations, options.Evaluations, step.Loss, objective.Terms, step.Evaluations - before, Stopwatch.GetElapsedTime(began)));
                checkpoint?.SaveIfDue(solver);
            }
        }
        catch (OperationCanceledException)
        {
            checkpoint?.Save(solver);
            throw;
        }
        checkpoint?.Delete();
        return new AffineGrids(start.ClassCount, start.Shape, Array.ConvertAll(solver.X.ToArray(), value => (float)value));
    }
}
