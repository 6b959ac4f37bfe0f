using System.Collections.Concurrent;
using PhotoStyle.Imaging;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Hosting;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Tests.Hosting;

/// <summary>Runs a local host over all that was dropped.</summary>
internal static class HostRun
{
    public static LocalHostOptions Options { get; } = new()
    {
        Once = true,
        Poll = TimeSpan.FromMilliseconds(20),
        Pause = TimeSpan.FromMilliseconds(200),
        Limits = new ImageLimits { MaxFileBytes = 1 << 20, MaxPixels = 1_000_000 },
    };

    /// <returns>The artefacts that were computed, by step.</returns>
    public static async Task<IReadOnlyList<ArtifactReference>> OnceAsync(
        PipelineStorage storage, RecordingObserver? observer = null, LocalHostOptions? options = null, CancellationToken? stopping = null)
    {
        var computed = new ConcurrentQueue<ArtifactReference>();
        using var host = new LocalHost(storage, options ?? Options, observer ?? new RecordingObserver());
        host.Steps.Computed += computed.Enqueue;
        await host.RunAsync(stopping ?? TestContext.Current.CancellationToken);
        return [.. computed];
    }
}
