using PhotoStyle.Functions.Orchestration;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Functions.Tests.Orchestration;

/// <summary>A job, and what its steps come to when all goes well.</summary>
internal static class JobSamples
{
    public static TransferRequest Request { get; } = new()
    {
        Job = "dusk/city",
        Content = new BlobReference("uploads", "dusk/city.jpg", "0x1"),
        Style = new BlobReference("styles", "dusk.jpg", "0x2"),
    };

    public static JobStart Start { get; } = new(Request, InProcess: false, Announce: false);

    public static StepOutcome<JobInputs> Inputs { get; } = Of(new JobInputs(
        new JobInput(Artifact("input", 'a'), "city.jpg", "0x1", 10), new JobInput(Artifact("input", 'b'), "dusk.jpg", "0x2", 20), null, null));

    public static StepOutcome<ArtifactReference> ContentRegions { get; } = Of(Artifact("segment", 'c'));

    public static StepOutcome<ArtifactReference> StyleRegions { get; } = Of(Artifact("segment", 'd'));

    public static StepOutcome<ArtifactReference> Laplacian { get; } = Of(Artifact("laplacian", 'e'));

    public static StepOutcome<ArtifactReference> Match { get; } = Of(Artifact("match", 'f'));

    public static OptimiseResult Grade { get; } = new(Artifact("optimise", '0'), new OptimiseFigures(40, 38, 0.5, 2, new Dictionary<string, double> { ["style"] = 0.4 }));

    public static TransferResult Result { get; } = new()
    {
        Job = Request.Job,
        Id = Request.Id,
        Request = Request,
        Inputs = new Dictionary<string, string>(),
        Output = "output.jpg",
        Width = 700,
        Height = 466,
        Encoder = "embedded",
        Options = new Dictionary<string, string>(),
        Classes = [],
        Figures = Grade.Figures,
        Steps = [],
        Files = ["output.jpg", "preview.jpg", "result.json"],
        Program = "photostyle",
        Versions = new Dictionary<string, string>(),
    };

    public static StepOutcome<T> Of<T>(T value)
        where T : class => new(value, null, 1.5, false);

    /// <summary>A step came to an error that the user can mend.</summary>
    public static StepOutcome<T> Error<T>(string code)
        where T : class => new(null, new TransferError(code, "Something is wrong: mend it."), 1.5, false);

    private static ArtifactReference Artifact(string step, char digit) => new(step, new string(digit, 64));
}
