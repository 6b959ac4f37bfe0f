using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Transfer;

namespace PhotoStyle.Pipeline.Jobs;

/// <summary><c>error.json</c>: what is found in place of a result.</summary>
public sealed record FailureReport
{
    /// <summary>Version of the contract.</summary>
    public int Version { get; init; } = PipelineJson.Version;

    /// <summary>The job's name.</summary>
    public required string Job { get; init; }

    /// <summary>The instance id.</summary>
    public required string Id { get; init; }

    /// <summary>What went wrong.</summary>
    public required TransferError Error { get; init; }

    /// <summary>The step that failed, or null if it was none.</summary>
    public JobStep? Step { get; init; }

    /// <summary>What was asked for; null where that could not be read.</summary>
    public TransferRequest? Request { get; init; }

    /// <summary>The program.</summary>
    public required string Program { get; init; }

    /// <summary>The report on a job that is known.</summary>
    internal static FailureReport Of(FailureRequest failure) => new()
    {
        Job = failure.Request.Job,
        Id = failure.Request.Id,
        Error = failure.Error,
        Step = failure.Step,
        Request = failure.Request,
        Program = $"photostyle {StyleTransfer.Version}",
    };
}
