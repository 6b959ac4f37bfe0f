using PhotoStyle.Features;
using PhotoStyle.Imaging;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Pipeline.Hosting;

/// <summary>How much a local host does at once, and how patient it is.</summary>
public sealed record LocalHostOptions
{
    /// <summary>Jobs at work at once. While one is solved, which takes all cores, others are read, rendered and written.</summary>
    public int Jobs { get; init; } = 4;

    /// <summary>Memory for photos and solvers, in bytes, artefacts kept in memory included.</summary>
    public long Memory { get; init; } = Math.Max(1L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    /// <summary>Time between two looks at what was dropped.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(0.25);

    /// <summary>How long a file in a folder of uploads or styles must not have changed to count as whole; zero where they appear whole, as blobs do.</summary>
    public TimeSpan Settling { get; init; }

    /// <summary>Time between two checkpoints of the solver.</summary>
    public TimeSpan Checkpoint { get; init; } = ResumableOptimise.DefaultInterval;

    /// <summary>Longest time of a step.</summary>
    public TimeSpan StepLimit { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Tries of a step whose storage does not answer.</summary>
    public int Tries { get; init; } = 5;

    /// <summary>Time between two tries.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What photos are accepted.</summary>
    public ImageLimits Limits { get; init; } = ImageLimits.Default;

    /// <summary>Where encoders run.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Auto;

    /// <summary>Whether to end when nothing is left to do.</summary>
    public bool Once { get; init; }

    /// <summary>The part of the memory in which artefacts are kept.</summary>
    internal long ArtifactMemory => Math.Min(ArtifactStore.DefaultMemory, Memory / 4);
}
