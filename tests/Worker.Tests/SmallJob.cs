using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Worker.Tests;

/// <summary>A job of two small photos that is ready for a worker: all steps before are done.</summary>
internal sealed class SmallJob
{
    private const int Width = 64, Height = 40;

    private SmallJob(TransferRequest request, OptimizeMessage message) => (Request, Message) = (request, message);

    public TransferRequest Request { get; }

    public OptimizeMessage Message { get; }

    public string Grade => Message.Request.Grade().Hash;

    /// <summary>Brings a job into a storage.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="iterations">Most evaluations of the loss: jobs that differ have different grades.</param>
    public static async Task<SmallJob> CreateAsync(PipelineStorage storage, int iterations)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await storage.CreateAsync(cancellation);
        var job = new TransferRequest
        {
            Job = "small",
            Content = await DropAsync(storage, "small/content.png", seed: 1, [0.2f, 0.4f, 0.6f]),
            Style = await DropAsync(storage, "small/style.png", seed: 2, [0.7f, 0.5f, 0.2f]),
            Options = new JobOptions { Size = 64, Iterations = iterations },
        };
        using var steps = new PipelineSteps(storage);
        JobInputs inputs = (await steps.TakeAsync(job, cancellation)).Value!;
        JobOptions options = job.Options;
        SegmentationMode segment = options.SegmentationFor(hasMasks: false);
        TransferOptions transfer = options.ToTransferOptions();
        ArtifactReference content = (await steps.SegmentAsync(new SegmentRequest(inputs.Content, null, segment, transfer.Size, Network: null), cancellation)).Value!;
        ArtifactReference style = (await steps.SegmentAsync(new SegmentRequest(inputs.Style, null, segment, transfer.Size, Network: null), cancellation)).Value!;
        transfer = transfer with { Solver = transfer.Solver with { Grid = new GridShape(4, 4, 3) } };
        ArtifactReference laplacian = (await steps.ComputeLaplacianAsync(new LaplacianRequest(inputs.Content, transfer.Size, transfer.Solver.Epsilon), cancellation)).Value!;
        ArtifactReference match = (await steps.MatchAsync(new MatchRequest(content, style, segment, options.Orphans), cancellation)).Value!;
        return new SmallJob(job, OptimizeMessage.For(job, new OptimiseRequest(content, style, match, laplacian, options.EncoderFor(transfer), options.Precision, transfer)));
    }

    /// <summary>The bytes of the grade that the same job gives when nothing happens to it.</summary>
    public static async Task<byte[]> SolveUndisturbedAsync(int iterations)
    {
        using var folder = new TemporaryFolder();
        PipelineStorage storage = PipelineStorage.InFolder(folder.Path);
        SmallJob job = await CreateAsync(storage, iterations);
        using var steps = new PipelineSteps(storage);
        StepOutcome<OptimiseResult> outcome = await steps.OptimiseAsync(job.Message.Request, null, null, TestContext.Current.CancellationToken);
        return (await job.ReadGradeAsync(storage)) ?? throw new InvalidOperationException(outcome.Error?.Message);
    }

    /// <summary>The bytes of the grade; null if there is none yet.</summary>
    public Task<byte[]?> ReadGradeAsync(PipelineStorage storage) => storage.Artifacts.ReadAsync(Message.Request.Grade().Name, TestContext.Current.CancellationToken);

    private static async Task<BlobReference> DropAsync(PipelineStorage storage, string name, int seed, float[] tint)
    {
        var random = new Random(seed);
        var image = new FloatImage(3, Height, Width);
        for (int i = 0; i < image.PixelCount; i++)
        {
            (int y, int x) = Math.DivRem(i, Width);
            for (int c = 0; c < 3; c++)
                image.Plane(c)[i] = tint[c] + 0.2f * MathF.Sin(x * (c + 1) / 7f + seed) * MathF.Cos(y / 5f) + 0.05f * (random.NextSingle() - 0.5f);
        }
        using Photo photo = Photo.FromFloatImage(image);
        using var bytes = new MemoryStream();
        PhotoWriter.Write(photo, bytes, PhotoFormat.Png, PhotoWriteOptions.Default);
        bytes.Position = 0;
        await storage.Uploads.WriteAsync(name, bytes, TestContext.Current.CancellationToken);
        BlobEntry entry = (await storage.Uploads.FindAsync(name, TestContext.Current.CancellationToken))!;
        return new BlobReference(storage.Uploads.Name, name, entry.ETag);
    }
}
