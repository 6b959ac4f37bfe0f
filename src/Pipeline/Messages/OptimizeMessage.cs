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
    /// <summary>The message for a job.</summary>
    public static OptimizeMessage For(TransferRequest job, OptimiseRequest request) => new(PipelineJson.Version, job.Id, job.Job, request);
}
