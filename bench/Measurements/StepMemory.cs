using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using PhotoStyle.Imaging;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Hosting;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Bench.Measurements;

/// <summary>How much memory the steps of a job take at their peak, beside what a host reckons with. Linux only.</summary>
internal static partial class StepMemory
{
    /// <summary>Measures the steps of one job, each once: in a process of its own, where nothing was allocated before.</summary>
    public static async Task PrintAsync(int width, int height, PhotoFormat format, JobOptions options)
    {
        await using BenchStorage bench = await BenchStorage.CreateAsync(onAzurite: false);
        PipelineStorage storage = bench.Storage;
        await DropAsync(storage, "memory/content", width, height, format);
        await DropAsync(storage, "memory/style", 700, 467, PhotoFormat.Jpeg);
        var job = new TransferRequest { Job = "memory", Content = await FindAsync(storage, "memory/content"), Style = await FindAsync(storage, "memory/style"), Options = options };
        TransferOptions transfer = options.ToTransferOptions();
        SegmentationMode mode = options.SegmentationFor(hasMasks: false);
        TorchRuntime.Initialize();
        using var steps = new PipelineSteps(storage);
        Console.WriteLine($"{width}×{height} as {format}, {options.Preset}, encoder {options.EncoderFor(transfer)}, at {transfer.Size}: MB");
        JobInputs inputs = await MeasureAsync("take", 0, () => steps.TakeAsync(job, default));
        async Task<long> Preparing(JobInput photo) => MemoryEstimate.Preparing(photo, await steps.PixelBytesAsync(photo, default), transfer.Size);
        ArtifactReference content = await MeasureAsync("segment", await Preparing(inputs.Content), () => steps.SegmentAsync(new SegmentRequest(inputs.Content, null, mode, transfer.Size, null), default));
        ArtifactReference style = await MeasureAsync("segment style", await Preparing(inputs.Style), () => steps.SegmentAsync(new SegmentRequest(inputs.Style, null, mode, transfer.Size, null), default));
        ArtifactReference laplacian = await MeasureAsync("laplacian", await Preparing(inputs.Content), () => steps.ComputeLaplacianAsync(new LaplacianRequest(inputs.Content, transfer.Size, transfer.Solver.Epsilon), default));
        ArtifactReference match = await MeasureAsync("match", 0, () => steps.MatchAsync(new MatchRequest(content, style, mode, options.Orphans), default));
        var request = new OptimiseRequest(content, style, match, laplacian, options.EncoderFor(transfer), options.Precision, transfer);
        OptimiseResult optimised = await MeasureAsync("optimise", MemoryEstimate.Optimising(request), () => steps.OptimiseAsync(request, null, null, default));
        await MeasureAsync("render", MemoryEstimate.Rendering(inputs.Content, await steps.PixelBytesAsync(inputs.Content, default)), () => steps.RenderAsync(new RenderRequest(job, inputs, match, optimised, []), default));
    }

    private static async Task<T> MeasureAsync<T>(string name, long estimate, Func<Task<StepOutcome<T>>> step)
        where T : class
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        _ = ReturnFreed(0);
        long before = Environment.WorkingSet;
        // The peak begins anew.
        await File.WriteAllTextAsync("/proc/self/clear_refs", "5");
        StepOutcome<T> outcome = await step();
        using Process self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-14} reckoned {estimate / 1e6,7:F0}   peak above what was there {(self.PeakWorkingSet64 - before) / 1e6,7:F0}   left {(Environment.WorkingSet - before) / 1e6,7:F0}"));
        return outcome.Value ?? throw new InvalidOperationException(outcome.Error?.Message);
    }

    private static async Task DropAsync(PipelineStorage storage, string name, int width, int height, PhotoFormat format)
    {
        using Photo photo = Photo.FromFloatImage(SyntheticPair.Picture(width, height, 1));
        using var stream = new MemoryStream();
        PhotoWriter.Write(photo, stream, format);
        stream.Position = 0;
        await storage.Uploads.WriteAsync(name, stream);
    }

    private static async Task<BlobReference> FindAsync(PipelineStorage storage, string name) => new(storage.Uploads.Name, name, (await storage.Uploads.FindAsync(name))!.ETag);

    /// <summary>Gives freed blocks back to the system.</summary>
    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int ReturnFreed(nuint keep);
}
