namespace PhotoStyle.Pipeline.Jobs;

/// <summary>Where a job stands. Far below the 16 KB that a custom status of an orchestration may have: texts are cut.</summary>
public sealed record JobStatus
{
    private const int MostCharacters = 1000;

    /// <summary>Version of the contract.</summary>
    public int Version { get; init; } = PipelineJson.Version;

    /// <summary>Whether it is at work.</summary>
    public required JobState State { get; init; }

    /// <summary>The step at work; of those at work at the same time, the first.</summary>
    public JobStep? Step { get; init; }

    /// <summary>0 to 100, an estimate.</summary>
    public double Percent { get; init; }

    /// <summary>While optimising, the solver's.</summary>
    public OptimiseProgress? Progress { get; init; }

    /// <summary>If it failed.</summary>
    public TransferError? Error { get; init; }

    /// <summary>It is at work on a step.</summary>
    public static JobStatus At(JobStep step) => new() { State = JobState.Running, Step = step, Percent = PercentBefore(step) };

    /// <summary>The solver is at work.</summary>
    public static JobStatus At(OptimiseProgress progress)
    {
        double from = PercentBefore(JobStep.Optimise), to = PercentBefore(JobStep.Render);
        double done = Math.Clamp((double)progress.Evaluations / Math.Max(progress.MostEvaluations, 1), 0, 1);
        return new JobStatus { State = JobState.Running, Step = JobStep.Optimise, Percent = Math.Round(from + done * (to - from), 1), Progress = progress };
    }

    /// <summary>It is done.</summary>
    public static JobStatus Completed() => new() { State = JobState.Completed, Percent = 100 };

    /// <summary>It failed or was cancelled, in the step if it had begun one.</summary>
    public static JobStatus Failed(TransferError error, JobStep? step) => new()
    {
        State = error.ToState(),
        Step = step,
        Percent = step is { } at ? PercentBefore(at) : 0,
        Error = error.Message.Length <= MostCharacters ? error : error with { Message = $"{error.Message[..MostCharacters]}…" },
    };

    /// <summary>The same, as far as the job had come: the workflow knows the step in which it ends, and not how far the solver was in it.</summary>
    public JobStatus NoLessThan(JobStatus? last) => last is null ? this : this with { Percent = Math.Max(Percent, last.Percent) };

    private static double PercentBefore(JobStep step) => step switch
    {
        JobStep.Take => 0,
        JobStep.SegmentContent or JobStep.SegmentStyle or JobStep.Laplacian => 2,
        JobStep.Match => 8,
        JobStep.Optimise => 10,
        _ => 85,
    };
}
