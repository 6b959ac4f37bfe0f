using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Pipeline.Drops;

/// <summary><c>job.json</c>, which makes a folder of uploads a job, and <c>styles/&lt;style&gt;.json</c>, which has the options of all photos dropped on that style.</summary>
public sealed record JobFile
{
    /// <summary>Version of the contract.</summary>
    public int Version { get; init; } = PipelineJson.Version;

    /// <summary>Name of a style in <c>styles</c>, for folders without a <c>style.*</c> of their own.</summary>
    public string? Style { get; init; }

    /// <summary>How.</summary>
    public JobOptions Options { get; init; } = new();
}
