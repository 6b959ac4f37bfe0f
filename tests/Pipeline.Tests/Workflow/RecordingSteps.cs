using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Workflow;

namespace PhotoStyle.Pipeline.Tests.Workflow;

/// <summary>Steps that remember who called them, with answers that a test can change. What is not changed is answered when the test says so.</summary>
internal sealed class RecordingSteps : ITransferSteps
{
    public List<string> Calls { get; } = [];

    public List<JobStatus> Statuses { get; } = [];

    public FailureRequest? Failure { get; private set; }

    /// <summary>By name of the call, what happens in place of an answer.</summary>
    public Dictionary<string, Func<TransferError?>> Instead { get; } = [];

    /// <summary>Calls wait for this, if it is there.</summary>
    public Dictionary<string, Task> Gates { get; } = [];

    public bool IsCancelled { get; set; }

    public static TransferRequest Request { get; } = new() { Job = "sunset/a.jpg", Content = new("uploads", "sunset/a.jpg", "1"), Style = new("styles", "sunset.jpg", "2") };

    public Task<StepOutcome<JobInputs>> TakeAsync(TransferRequest request) => Answer("take", new JobInputs(Input("content"), Input("style"), null, null));

    public Task<StepOutcome<ArtifactReference>> SegmentAsync(SegmentRequest request) => Answer($"segment {request.Photo.Name}", new ArtifactReference("segment", request.Photo.Name));

    public Task<StepOutcome<ArtifactReference>> ComputeLaplacianAsync(LaplacianRequest request) => Answer("laplacian", new ArtifactReference("laplacian", request.Photo.Name));

    public Task<StepOutcome<ArtifactReference>> MatchAsync(MatchRequest request) => Answer($"match {request.Content.Hash} {request.Style.Hash}", new ArtifactReference("match", "m"));

    public Task<StepOutcome<OptimiseResult>> OptimiseAsync(TransferRequest job, OptimiseRequest request) =>
        Answer($"optimise {request.Match.Hash} {request.Laplacian.Hash}", new OptimiseResult(request.Grade(), new OptimiseFigures(1, 1, 0.5, 1, new Dictionary<string, double>())));

    public Task<StepOutcome<TransferResult>> RenderAsync(RenderRequest request) => Answer("render", new TransferResult
    {
        Job = request.Request.Job,
        Id = request.Request.Id,
        Request = request.Request,
        Inputs = new Dictionary<string, string>(),
        Output = "output.jpg",
        Width = 1,
        Height = 1,
        Encoder = "e",
        Options = new Dictionary<string, string>(),
        Classes = [],
        Figures = request.Optimised.Figures,
        Steps = request.Steps,
        Files = [],
        Program = "p",
        Versions = new Dictionary<string, string>(),
    });

    public Task RecordFailureAsync(FailureRequest request)
    {
        Calls.Add("fail");
        Failure = request;
        return Task.CompletedTask;
    }

    public void SetStatus(JobStatus status) => Statuses.Add(status);

    public void ThrowIfCancelled()
    {
        if (IsCancelled) throw new OperationCanceledException();
    }

    public TransferError Explain(Exception exception) => new("explained", exception.Message);

    private static JobInput Input(string role) => new(new ArtifactReference("input", role), role, "e", 1);

    private async Task<StepOutcome<T>> Answer<T>(string call, T value)
        where T : class
    {
        Calls.Add(call);
        if (Gates.TryGetValue(call.Split(' ')[0], out Task? gate)) await gate;
        TransferError? error = Instead.TryGetValue(call.Split(' ')[0], out Func<TransferError?>? instead) ? instead() : null;
        return new StepOutcome<T>(error is null ? value : null, error, 0.5, false);
    }
}
