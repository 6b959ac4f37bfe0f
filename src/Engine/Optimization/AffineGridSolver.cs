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
    /// <param name="sizes">
    /// What is minimised, at the working size, or at half of it first: the grids mean the same at any size, so that the second goes on from where the first left them.
    /// </param>
    /// <param name="start">Where to begin.</param>
    /// <param name="options">For how long.</param>
    /// <param name="checkpoint">Where the state is kept across interruptions, or null.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="cancellation">Looked at before each evaluation.</param>
    public static AffineGrids Solve(
        IReadOnlyList<Lazy<AffineGridObjective>> sizes,
        AffineGrids start,
        SolverOptions options,
        CheckpointStore? checkpoint,
        Action<SolveProgress>? progress,
        CancellationToken cancellation)
    {
        var preconditioner = new GridPreconditioner(start.ClassCount, start.Shape, options.Smoothness, Curvature);
        // At least one is made at the working size.
        int coarse = Math.Min((int)(options.Evaluations * options.CoarseShare), options.Evaluations - 1);
        AffineGridStage Stage(int index, int iterations, int evaluations, ReadOnlySpan<double> x) => new(index, iterations, evaluations, new Lbfgs(
            x,
            new LbfgsOptions { MaxEvaluations = (index < sizes.Count - 1 ? coarse : options.Evaluations) - evaluations, FirstMove = FirstMove },
            preconditioner.Apply));
        AffineGridStage stage = checkpoint?.Load(stream => AffineGridStage.Load(stream, preconditioner.Apply))
            ?? Stage(coarse == 0 ? sizes.Count - 1 : 0, 0, 0, Array.ConvertAll(start.Values, value => (double)value));
        long began = Stopwatch.GetTimestamp();
        int before = stage.Evaluations + stage.Solver.Evaluations;
        // It ended before, and the process did before the result was safe: how it ended is to be told all the same.
        if (stage.Index == sizes.Count - 1 && stage.Solver.StopReason is not null) Tell(0);
        try
        {
            while (true)
            {
                Lbfgs solver = stage.Solver;
                while (solver.StopReason is null)
                {
                    AffineGridObjective objective = sizes[stage.Index].Value;
                    LbfgsIteration step = solver.Step(objective.Evaluate, cancellation);
                    stage.Last = new SolvePoint(stage.Iterations + step.Iteration, step.Loss, objective.Terms);
                    Tell(stage.Evaluations + step.Evaluations - before);
                    checkpoint?.SaveIfDue(stage.Save);
                }
                // Nothing that passed the door can do that; if it happens all the same, the start must not pass for a result.
                if (solver.StopReason == LbfgsStop.StartNotFinite) throw new InvalidOperationException("The objective is not finite where solving begins.");
                if (stage.Index == sizes.Count - 1) break;
                stage = Stage(stage.Index + 1, stage.Iterations + solver.Iteration + 1, stage.Evaluations + solver.Evaluations, solver.X.ToArray());
            }
        }
        catch (OperationCanceledException)
        {
            checkpoint?.Save(stage.Save);
            throw;
        }
        // Done, but not yet safe: the caller deletes the checkpoint when the result is written.
        checkpoint?.SaveEnd(stage.Save);
        return new AffineGrids(start.ClassCount, start.Shape, Array.ConvertAll(stage.Solver.X.ToArray(), value => (float)value));

        void Tell(int evaluationsNow) => progress?.Invoke(new SolveProgress(
            stage.Last.Iteration, before + evaluationsNow, options.Evaluations, stage.Last.Loss, stage.Last.Terms, evaluationsNow, Stopwatch.GetElapsedTime(began)));
    }
}
