using PhotoStyle.Optimization;

namespace PhotoStyle.Pipeline.Jobs;

/// <summary>Where the solver stands.</summary>
/// <param name="Iteration">Moves made.</param>
/// <param name="Evaluations">Evaluations so far, those before an interruption included.</param>
/// <param name="MostEvaluations">Evaluations after which it ends at the latest.</param>
/// <param name="Loss">The loss.</param>
/// <param name="SecondsLeft">An estimate of the time left.</param>
public sealed record OptimiseProgress(int Iteration, int Evaluations, int MostEvaluations, double Loss, double SecondsLeft)
{
    /// <summary>What the engine reports.</summary>
    public static OptimiseProgress Of(SolveProgress progress) =>
        new(progress.Iteration, progress.Evaluations, progress.MostEvaluations, progress.Loss, Math.Round(progress.TimeLeft.TotalSeconds, 1));
}
