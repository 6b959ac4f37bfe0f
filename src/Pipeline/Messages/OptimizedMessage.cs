using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Pipeline.Messages;

/// <summary>What a worker says to the job that asked. May come twice, late, or not at all.</summary>
public sealed record OptimizedMessage
{
    /// <summary>Version of the contract.</summary>
    public int Version { get; init; } = PipelineJson.Version;

    /// <summary>The instance id of the job.</summary>
    public required string Id { get; init; }

    /// <summary>Hash of the grade that was asked for: answers to another request are not for this one.</summary>
    public required string Grade { get; init; }

    /// <summary>What this is.</summary>
    public required OptimizedKind Kind { get; init; }

    /// <summary>Of <see cref="OptimizedKind.Progress"/>.</summary>
    public OptimiseProgress? Progress { get; init; }

    /// <summary>Of <see cref="OptimizedKind.Completed"/>.</summary>
    public OptimiseResult? Result { get; init; }

    /// <summary>Of <see cref="OptimizedKind.Failed"/>.</summary>
    public TransferError? Error { get; init; }

    /// <summary>Seconds of work on the worker that answers.</summary>
    public double Seconds { get; init; }

    /// <summary>Whether the grade existed already.</summary>
    public bool Reused { get; init; }

    /// <summary>Which worker.</summary>
    public string? Worker { get; init; }

    /// <summary>It is at work.</summary>
    public static OptimizedMessage Of(OptimizeMessage asked, OptimiseProgress progress) =>
        new() { Id = asked.Id, Grade = asked.Request.Grade().Hash, Kind = OptimizedKind.Progress, Progress = progress };

    /// <summary>It came to an end.</summary>
    public static OptimizedMessage Of(OptimizeMessage asked, StepOutcome<OptimiseResult> outcome) => new()
    {
        Id = asked.Id,
        Grade = asked.Request.Grade().Hash,
        Kind = outcome.Value is null ? OptimizedKind.Failed : OptimizedKind.Completed,
        Result = outcome.Value,
        Error = outcome.Error,
        Seconds = outcome.Seconds,
        Reused = outcome.Reused,
    };

    /// <summary>It failed for good.</summary>
    public static OptimizedMessage Of(OptimizeMessage asked, TransferError error) =>
        new() { Id = asked.Id, Grade = asked.Request.Grade().Hash, Kind = OptimizedKind.Failed, Error = error };
}
