using PhotoStyle.Functions.Orchestration;
using PhotoStyle.Functions.Tests.Durable;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Messages;

namespace PhotoStyle.Functions.Tests.Orchestration;

/// <summary>Takes the orchestration of a job as far as a test wants it.</summary>
internal static class TransferRun
{
    public static OrchestrationRun<JobOutcome> Begin(JobStart? start = null) =>
        new(JobSamples.Request.Id, context => TransferOrchestrator.RunAsync(context, ReplayContext.FromJson<JobStart>(ReplayContext.ToJson(start ?? JobSamples.Start))!));

    public static OrchestrationRun<JobOutcome> UpToSegments(JobStart? start = null)
    {
        OrchestrationRun<JobOutcome> run = Begin(start);
        run.Complete(nameof(StepActivities.Take), JobSamples.Inputs);
        return run;
    }

    public static OrchestrationRun<JobOutcome> UpToMatch(JobStart? start = null)
    {
        OrchestrationRun<JobOutcome> run = UpToSegments(start);
        run.Complete(nameof(StepActivities.Segment), JobSamples.ContentRegions);
        run.Complete(nameof(StepActivities.Segment), JobSamples.StyleRegions);
        run.Complete(nameof(StepActivities.ComputeLaplacian), JobSamples.Laplacian);
        return run;
    }

    public static OrchestrationRun<JobOutcome> UpToOptimise(JobStart? start = null)
    {
        OrchestrationRun<JobOutcome> run = UpToMatch(start);
        run.Complete(nameof(StepActivities.Match), JobSamples.Match);
        return run;
    }

    /// <summary>A worker was asked and has not answered.</summary>
    public static OrchestrationRun<JobOutcome> UpToWait(JobStart? start = null)
    {
        OrchestrationRun<JobOutcome> run = UpToOptimise(start);
        run.Complete(nameof(OptimiseActivities.FindGrade), null);
        run.Complete(nameof(OptimiseActivities.RequestOptimise), null);
        return run;
    }

    public static OrchestrationRun<JobOutcome> UpToRender(JobStart? start = null)
    {
        OrchestrationRun<JobOutcome> run = UpToWait(start);
        run.Raise(JobEvents.Optimized, OptimizedMessage.Of(Asked(run), JobSamples.Of(JobSamples.Grade)));
        return run;
    }

    public static OrchestrationRun<JobOutcome> UpToEnd(JobStart? start = null)
    {
        OrchestrationRun<JobOutcome> run = UpToRender(start);
        run.Complete(nameof(StepActivities.Render), JobSamples.Of(JobSamples.Result));
        return run;
    }

    /// <summary>What the worker was asked.</summary>
    public static OptimizeMessage Asked(OrchestrationRun<JobOutcome> run) =>
        ReplayContext.FromJson<OptimizeMessage>(run.Calls.Single(call => call.Name is nameof(OptimiseActivities.RequestOptimise) or nameof(OptimiseActivities.OptimiseHere)).Input)!;

    public static JobStatus LastStatus(OrchestrationRun<JobOutcome> run) => ReplayContext.FromJson<JobStatus>(run.Statuses[^1])!;
}
