namespace PhotoStyle.Pipeline.Jobs;

/// <summary>What a step took.</summary>
/// <param name="Step">The step.</param>
/// <param name="Seconds">From its beginning to its end, on the machine that did it.</param>
/// <param name="Reused">Whether its output existed already, so that nothing was computed.</param>
public sealed record StepTiming(JobStep Step, double Seconds, bool Reused);
