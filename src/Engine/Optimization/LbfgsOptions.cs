namespace PhotoStyle.Optimization;

/// <summary>Settings of <see cref="Lbfgs"/>.</summary>
public sealed record LbfgsOptions
{
    /// <summary>Evaluations of the objective that may be spent, at least 1, the one at the start included.</summary>
    public required int MaxEvaluations { get; init; }

    /// <summary>Pairs of past moves and gradient changes that model the curvature, at least 1. Memory: 16·n bytes each, or 4·n.</summary>
    public int History { get; init; } = 20;

    /// <summary>Keeps the pairs in 16-bit integers, for millions of unknowns: a quarter of the memory, and all cores work on them. Takes no preconditioner.</summary>
    public bool CompactHistory { get; init; }

    /// <summary>
    /// A multiple of the quasi-Newton direction, positive, that each move takes whether the loss falls or not; null for a line search. The first move of all
    /// has the length <see cref="FirstMove"/>.
    /// </summary>
    public double? FixedStep { get; init; }

    /// <summary>Sufficient decrease: an accepted loss is below f + C1·step·slope. Between 0 and <see cref="C2"/>.</summary>
    public double C1 { get; init; } = 1e-4;

    /// <summary>Curvature: an accepted slope is at most C2 times the first one, in absolute value. Between <see cref="C1"/> and 1.</summary>
    public double C2 { get; init; } = 0.9;

    /// <summary>Stops when the Euclidean norm of the gradient is at most this. Not negative; 0 stops at an exact zero only.</summary>
    public double GradientTolerance { get; init; }

    /// <summary>Stops when an iteration lowers the loss by no more than this, relative to the larger absolute value of the two losses. Not
    /// negative; 0 never stops.</summary>
    public double RelativeDecreaseTolerance { get; init; }

    /// <summary>Euclidean length of the first trial move, when nothing is known of the curvature yet. Positive, in units of the unknowns.</summary>
    public double FirstMove { get; init; } = 1;

    /// <summary>Evaluations that one line search may spend, at least 1.</summary>
    public int MaxEvaluationsPerSearch { get; init; } = 12;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxEvaluations, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(History, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxEvaluationsPerSearch, 1);
        RequireRange(C1 > 0 && C1 < C2, nameof(C1));
        RequireRange(C2 < 1, nameof(C2));
        RequireRange(GradientTolerance >= 0, nameof(GradientTolerance));
        RequireRange(RelativeDecreaseTolerance >= 0, nameof(RelativeDecreaseTolerance));
        RequireRange(FixedStep is null || (FixedStep > 0 && double.IsFinite(FixedStep.Value)), nameof(FixedStep));
        RequireRange(FirstMove > 0 && double.IsFinite(FirstMove), nameof(FirstMove));
    }

    private static void RequireRange(bool holds, string name)
    {
        if (!holds) throw new ArgumentOutOfRangeException(name);
    }
}
