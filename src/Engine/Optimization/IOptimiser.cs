namespace PhotoStyle.Optimization;

/// <summary>A minimisation that holds its whole state between steps, so that it can be shown, saved or abandoned in between.</summary>
internal interface IOptimiser
{
    /// <summary>The current iterate, n unknowns. Valid until the next step.</summary>
    ReadOnlySpan<double> X { get; }

    /// <summary>Evaluations spent, those of a cancelled step excepted.</summary>
    int Evaluations { get; }

    /// <summary>Why the minimisation ended; null while it goes on.</summary>
    LbfgsStop? StopReason { get; }

    /// <summary>Makes one step. After an exception of the objective or a cancellation the state is that before the step.</summary>
    LbfgsIteration Step(Objective objective, CancellationToken cancellation = default);

    /// <summary>Writes the whole state.</summary>
    void Save(Stream stream);
}
