using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Jobs;

/// <summary><c>result.json</c>: written last, so that where it is, all other results are.</summary>
public sealed record TransferResult
{
    /// <summary>Version of the contract.</summary>
    public int Version { get; init; } = PipelineJson.Version;

    /// <summary>The job's name.</summary>
    public required string Job { get; init; }

    /// <summary>The instance id.</summary>
    public required string Id { get; init; }

    /// <summary>What was asked for.</summary>
    public required TransferRequest Request { get; init; }

    /// <summary>SHA-256 of the photos and masks that were used, by role.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>Name of the graded photo in <c>results/&lt;job&gt;/</c>, for example <c>output.jpg</c>.</summary>
    public required string Output { get; init; }

    /// <summary>Its columns.</summary>
    public required int Width { get; init; }

    /// <summary>Its rows.</summary>
    public required int Height { get; init; }

    /// <summary>The encoder that was used.</summary>
    public required string Encoder { get; init; }

    /// <summary>Names and values of the options that it was solved with.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>What became of each label.</summary>
    public required IReadOnlyList<JobClass> Classes { get; init; }

    /// <summary>What optimising came to.</summary>
    public required OptimiseFigures Figures { get; init; }

    /// <summary>What each step took.</summary>
    public required IReadOnlyList<StepTiming> Steps { get; init; }

    /// <summary>All files in <c>results/&lt;job&gt;/</c>.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>What the user should know: a mask that was resized, transparency that was lost.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>The program.</summary>
    public required string Program { get; init; }

    /// <summary>Versions of the program's parts.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>The blob of one of <see cref="Files"/>, with its container.</summary>
    public string BlobOf(string file) => $"{PipelineStorage.ResultsName}/{ResultFolder.Of(Job)}/{file}";
}
