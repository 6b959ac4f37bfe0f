using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Pipeline.Workflow;

/// <summary>The order of a job's steps, the same in every host.</summary>
/// <remarks>
/// Deterministic, as a Durable orchestrator must be: it is run again from the start whenever something happens, with the answers that steps gave before. So there is
/// no clock in it, nothing random, no input or output, and nothing is awaited but what <see cref="ITransferSteps"/> returns, on whatever context that is.
/// </remarks>
// Awaiting with ConfigureAwait(false) would leave the thread that an orchestrator must stay on.
#pragma warning disable CA2007
public static class TransferWorkflow
{
    /// <summary>Runs a job to its end. Throws only if its failure could not be written down.</summary>
    /// <param name="request">The job.</param>
    /// <param name="steps">The host.</param>
    /// <returns>The result or the error.</returns>
    public static async Task<JobOutcome> RunAsync(TransferRequest request, ITransferSteps steps)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(steps);
        var run = new JobRun(steps);
        TransferError error;
        try
        {
            TransferResult result = await RunStepsAsync(request, steps, run);
            steps.SetStatus(JobStatus.Completed());
            return new JobOutcome(result, null);
        }
        catch (StepFailedException e)
        {
            error = e.Error;
        }
        catch (OperationCanceledException)
        {
            error = TransferError.OfCancellation();
        }
        catch (PhotoStyleException e)
        {
            error = TransferError.Of(e);
        }
        catch (Exception e)
        {
            error = steps.Explain(e);
        }
        await steps.RecordFailureAsync(new FailureRequest(request, error, run.Step));
        steps.SetStatus(JobStatus.Failed(error, run.Step));
        return new JobOutcome(null, error);
    }

    private static async Task<TransferResult> RunStepsAsync(TransferRequest request, ITransferSteps steps, JobRun run)
    {
        request.Validate();
        JobOptions options = request.Options;
        TransferOptions transfer = options.ToTransferOptions();
        SegmentationMode mode = options.SegmentationFor(request.ContentMask is not null);
        string? network = options.NetworkFor(request.ContentMask is not null);

        run.Begin(JobStep.Take);
        JobInputs inputs = run.End(JobStep.Take, await steps.TakeAsync(request));

        run.Begin(JobStep.SegmentContent);
        Task<StepOutcome<ArtifactReference>> contentTask = steps.SegmentAsync(new SegmentRequest(inputs.Content, inputs.ContentMask, mode, transfer.Size, network));
        Task<StepOutcome<ArtifactReference>> styleTask = steps.SegmentAsync(new SegmentRequest(inputs.Style, inputs.StyleMask, mode, transfer.Size, network));
        Task<StepOutcome<ArtifactReference>> laplacianTask = steps.ComputeLaplacianAsync(new LaplacianRequest(inputs.Content, transfer.Size, transfer.Solver.Epsilon));
        await Task.WhenAll(contentTask, styleTask, laplacianTask);
        ArtifactReference content = run.End(JobStep.SegmentContent, await contentTask);
        ArtifactReference style = run.End(JobStep.SegmentStyle, await styleTask);
        ArtifactReference laplacian = run.End(JobStep.Laplacian, await laplacianTask);

        run.Begin(JobStep.Match);
        ArtifactReference match = run.End(JobStep.Match, await steps.MatchAsync(new MatchRequest(content, style, mode, options.Orphans)));

        run.Begin(JobStep.Optimise);
        var optimise = new OptimiseRequest(content, style, match, laplacian, options.EncoderFor(transfer), options.Precision, transfer);
        OptimiseResult optimised = run.End(JobStep.Optimise, await steps.OptimiseAsync(request, optimise));

        run.Begin(JobStep.Render);
        return run.End(JobStep.Render, await steps.RenderAsync(new RenderRequest(request, inputs, match, optimised, run.Timings)));
    }

    /// <summary>How far the workflow is.</summary>
    private sealed class JobRun(ITransferSteps steps)
    {
        private readonly List<StepTiming> _timings = [];

        public JobStep? Step { get; private set; }

        public IReadOnlyList<StepTiming> Timings => [.. _timings];

        public void Begin(JobStep step)
        {
            Step = step;
            steps.ThrowIfCancelled();
            steps.SetStatus(JobStatus.At(step));
        }

        public T End<T>(JobStep step, StepOutcome<T> outcome)
            where T : class
        {
            Step = step;
            _timings.Add(new StepTiming(step, outcome.Seconds, outcome.Reused));
            return outcome.Value ?? throw new StepFailedException(outcome.Error ?? TransferError.OfBug(new InvalidOperationException($"The step {step} gave neither a value nor an error.")));
        }
    }
}
