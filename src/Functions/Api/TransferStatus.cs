using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Functions.Api;

/// <summary>Where a job stands: the answer to everything that is asked of one.</summary>
public sealed record TransferStatus
{
    /// <summary>The instance id.</summary>
    public required string Id { get; init; }

    /// <summary>The job's name.</summary>
    public required string Job { get; init; }

    /// <summary>Whether it is at work or done.</summary>
    public required JobState State { get; init; }

    /// <summary>The step at work, or the one that failed.</summary>
    public JobStep? Step { get; init; }

    /// <summary>0 to 100, an estimate.</summary>
    public double Percent { get; init; }

    /// <summary>While the grade is looked for, how far that is.</summary>
    public OptimiseProgress? Progress { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When something happened last.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>If it completed.</summary>
    public TransferOutput? Result { get; init; }

    /// <summary>If it failed or was cancelled.</summary>
    public TransferError? Error { get; init; }
}
