using System.Diagnostics;
using PhotoStyle.Grading;

namespace PhotoStyle.Optimization;

/// <summary>Minimises the objective over affine grids with L-BFGS.</summary>
internal static class AffineGridSolver
{
    // In units of affine coefficients, over all cells together: small enough not to leave the valley that the start lies in.
    private const double FirstMove = 0.1;

    // Of all terms but smoothness, per cell. Larger values take more evaluations to the same loss, smaller ones neglect what single cells need.
    private const double Curvature = 1e-5;

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
        var preconditioner = new GridPreconditioner(start.ClassCount, start.Shape, options.Smoothness, Curvature);
        Lbfgs solver = checkpoint?.Load(stream => Lbfgs.Load(stream, preconditioner.Apply)) ?? new Lbfgs(
            Array.ConvertAll(start.Values, value => (double)value),
            new LbfgsOptions { MaxEvaluations = options.Evaluations, FirstMove = FirstMove },
            preconditioner.Apply);
        long began = Stopwatch.GetTimestamp();
        int before = solver.Evaluations;
        try
        {
            while (solver.StopReason is null)
            {
                LbfgsIteration step = solver.Step(objective.Evaluate, cancellation);
                progress?.Invoke(new SolveProgress(
                    step.Iteration, step.Evaluations, options.Evaluations, step.Loss, objective.Terms, step.Evaluations - before, Stopwatch.GetElapsedTime(began)));
                checkpoint?.SaveIfDue(solver.Save);
            }
        }
        catch (OperationCanceledException)
        {
            checkpoint?.Save(solver.Save);
            throw;
        }
        // Nothing that passed the door can do that; if it happens all the same, the start must not pass for a result.
        if (solver.StopReason == LbfgsStop.StartNotFinite) throw new InvalidOperationException("The objective is not finite where solving begins.");
        // Done, but not yet safe: the caller deletes the checkpoint when the result is written.
        checkpoint?.Save(solver.Save);
        return new AffineGrids(start.ClassCount, start.Shape, Array.ConvertAll(solver.X.ToArray(), value => (float)value));
    }
}
