namespace PhotoStyle.Optimization;

/// <summary>Where solving stands, reported after each iteration.</summary>
/// <param name="Iteration">Moves made by the solver; 0 at the start.</param>
/// <param name="Evaluations">Evaluations of loss and gradient so far, those before an interruption included.</param>
/// <param name="MostEvaluations">Evaluations after which it ends at the latest.</param>
/// <param name="Loss">The loss, all terms with their weights.</param>
/// <param name="Terms">What it is made of, as last evaluated.</param>
/// <param name="EvaluationsNow">Evaluations since solving began or went on.</param>
/// <param name="Elapsed">Time since then.</param>
public sealed record SolveProgress(
    int Iteration, int Evaluations, int MostEvaluations, double Loss, IReadOnlyList<TermValue> Terms, int EvaluationsNow, TimeSpan Elapsed)
{
    /// <summary>Of the pixel solver's two stages the one that goes on, from 1; the affine-grid solver has only one.</summary>
    public int Stage { get; init; } = 1;

    /// <summary>An estimate of the time left, if all evaluations are used.</summary>
    public TimeSpan TimeLeft => Elapsed * ((double)(MostEvaluations - Evaluations) / Math.Max(EvaluationsNow, 1));
}
