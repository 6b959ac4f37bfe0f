using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Functions.Api;

/// <summary>Body of <c>POST /api/transfers</c>.</summary>
public sealed record TransferOrder
{
    /// <summary>Name of the job: the results are in <c>results/api/&lt;job&gt;/</c>. Without one, a name is made of what was asked for.</summary>
    public string? Job { get; init; }

    /// <summary>The photo to be graded.</summary>
    public required PhotoSource Content { get; init; }

    /// <summary>The photo whose look it takes.</summary>
    public required PhotoSource Style { get; init; }

    /// <summary>Classes of the content.</summary>
    public PhotoSource? ContentMask { get; init; }

    /// <summary>Classes of the style; given if and only if those of the content are.</summary>
    public PhotoSource? StyleMask { get; init; }

    /// <summary>How.</summary>
    public JobOptions Options { get; init; } = new();
}
