using System.Diagnostics;
using PhotoStyle.Features;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Pipeline.Messages;

/// <summary>Asks a worker for a grade.</summary>
/// <param name="Version">Version of the contract.</param>
/// <param name="Id">The instance id of the job, to be answered to.</param>
/// <param name="Job">The job's name, for people.</param>
/// <param name="Request">The work.</param>
public sealed record OptimizeMessage(int Version, string Id, string Job, OptimiseRequest Request)
{
    /// <summary>The span that asks, as W3C's <c>traceparent</c>, so that the worker's is a part of the same trace; null where nobody traces.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The same message with the span at work as its <see cref="TraceParent"/>: for whoever sends it.</summary>
    public OptimizeMessage Traced() => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? this with { TraceParent = id } : this;

    /// <summary>The message for a job.</summary>
    public static OptimizeMessage For(TransferRequest job, OptimiseRequest request) => new(PipelineJson.Version, job.Id, job.Job, request);

    /// <summary>Checks what becomes part of names of blobs, and that no file of the worker's machine is named.</summary>
    /// <returns>The message.</returns>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.JobInvalid"/>.</exception>
    public OptimizeMessage Validate()
    {
        ArtifactReference[] artifacts = [Request.Content, Request.Style, Request.Match, Request.Laplacian];
        bool valid = JobRegistry.IsId(Id)
            && artifacts.All(artifact => artifact.Step.All(c => char.IsAsciiLetterLower(c) || c == '-') && artifact.Hash.All(char.IsAsciiHexDigitLower) && artifact is { Step.Length: > 0, Hash.Length: 64 })
            && EncoderCatalog.Names.Contains(Request.Encoder);
        return valid ? this : throw new PhotoStyleException(ErrorCode.JobInvalid, "The message names a job, artefact or encoder that can not exist: send what this program writes.");
    }
}
