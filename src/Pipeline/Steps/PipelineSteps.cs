using System.Runtime.CompilerServices;
using System.Text.Json;
using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Matting;
using PhotoStyle.Optimization;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Segmentation;
using PhotoStyle.Segmentation.Networks;
using PhotoStyle.Transfer;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>
/// The steps of a job, each a function from references to references. A step whose output exists computes nothing; two that do the same at once leave one output.
/// All are idempotent and may be called from several threads.
/// </summary>
/// <param name="storage">Where all is read and written.</param>
/// <param name="limits">What photos are accepted; the default limits when null.</param>
/// <param name="artifactMemory">Most bytes of artefacts kept in memory.</param>
/// <param name="device">Where encoders run.</param>
/// <param name="alone">Whether no other process works on the storage: it is asked for less then.</param>
public sealed class PipelineSteps(
    PipelineStorage storage,
    ImageLimits? limits = null,
    long artifactMemory = ArtifactStore.DefaultMemory,
    ComputeDevice device = ComputeDevice.Auto,
    bool alone = false) : IDisposable
{
    // Raised when a step makes something else of the same inputs.
    private const int SegmentVersion = 1, LaplacianVersion = 1, MatchVersion = 1;

    private readonly ImageLimits _limits = limits ?? ImageLimits.Default;
    private readonly ArtifactStore _artifacts = new(storage.Artifacts, artifactMemory);
    private readonly TakenBlobs _taken = new();
    private readonly ResultTurns _turns = new(storage.Jobs, alone);
    private readonly EncoderCache _encoders = new(device);

    /// <summary>The storage.</summary>
    public PipelineStorage Storage => storage;

    /// <summary>Told of each artefact that was computed, and not found: for counting.</summary>
    public event Action<ArtifactReference>? Computed;

    /// <inheritdoc/>
    public void Dispose() => _encoders.Dispose();

    /// <summary>Takes the photos and masks of a job: whatever becomes of the blobs that were dropped, these bytes stay. The first call decides, also across restarts.</summary>
    public Task<StepOutcome<JobInputs>> TakeAsync(TransferRequest request, CancellationToken cancellation) =>
        StepCall.RunAsync(() => new TakeStep(storage, _artifacts, _taken, _turns, _limits).RunAsync(request, cancellation));

    /// <summary>How many bytes the pixels of a photo take in memory, by its header; 0 if it is none that can be read: the step says so.</summary>
    internal async Task<long> PixelBytesAsync(JobInput photo, CancellationToken cancellation)
    {
        await using Stream? stream = await _artifacts.OpenAsync(photo.Artifact, cancellation).ConfigureAwait(false);
        if (stream is null) return 0;
        try
        {
            return PhotoReader.PixelBytes(stream, photo.Name, _limits);
        }
        catch (PhotoStyleException)
        {
            return 0;
        }
    }

    /// <summary>Reduces a photo and finds its regions.</summary>
    public Task<StepOutcome<ArtifactReference>> SegmentAsync(SegmentRequest request, CancellationToken cancellation)
    {
        ArtifactReference? mask = request.Mode == SegmentationMode.Masks ? request.Mask?.Artifact : null;
        return MakeAsync(Output, request.Photo.Artifact, async output =>
        {
            byte[] photoBytes = await _artifacts.ReadAsync(request.Photo.Artifact, cancellation).ConfigureAwait(false);
            byte[]? maskBytes = mask is null ? null : await _artifacts.ReadAsync(mask, cancellation).ConfigureAwait(false);
            var notices = new List<string>();
            using Photo photo = PhotoReader.Read(photoBytes, request.Photo.Name, _limits);
            LabelMap? labels = maskBytes is null ? null : MaskReader.Read(maskBytes, request.Mask!.Name, photo.Width, photo.Height, notices.Add, _limits);
            if (NeedsAnalysis(request.Mode))
            {
                using var analysis = new MemoryStream();
                Analyse(photo, request).Save(analysis);
                // Before the photo itself: where that is, this is.
                await _artifacts.WriteAsync(AnalysisOf(output), analysis.ToArray(), cancellation).ConfigureAwait(false);
            }
            return WorkingPhotoFile.Write(WorkingPhoto.Of(new TransferInput(photo, labels), request.Size), notices);
        }, cancellation);

        ArtifactReference Output()
        {
            // Whoever puts another network in its place gets another analysis. The compact one is a part of this version.
            string? network = request.Mode == SegmentationMode.Onnx && request.Network is { } named && named != Segmenter.CompactName ? SegmentationNetwork.FingerprintOf(named) : request.Network;
            return ArtifactKey.Of("segment", SegmentVersion, new { photo = request.Photo.Artifact, mask, request.Mode, request.Size, Segmenter.Version, network });
        }
    }

    /// <summary>Computes the window statistics of the content's matting Laplacian.</summary>
    public Task<StepOutcome<ArtifactReference>> ComputeLaplacianAsync(LaplacianRequest request, CancellationToken cancellation)
    {
        ArtifactReference output = ArtifactKey.Of("laplacian", LaplacianVersion, new { photo = request.Photo.Artifact, request.Size, request.Epsilon });
        return MakeAsync(() => output, request.Photo.Artifact, async _ =>
        {
            byte[] bytes = await _artifacts.ReadAsync(request.Photo.Artifact, cancellation).ConfigureAwait(false);
            using Photo photo = PhotoReader.Read(bytes, request.Photo.Name, _limits);
            using var statistics = new MemoryStream();
            new MattingLaplacian(photo.ToFloatImage(request.Size), request.Epsilon).Save(statistics);
            return statistics.ToArray();
        }, cancellation);
    }

    /// <summary>Matches the regions of both photos.</summary>
    public Task<StepOutcome<ArtifactReference>> MatchAsync(MatchRequest request, CancellationToken cancellation) =>
        MakeAsync(() => ArtifactKey.Of("match", MatchVersion, request), request.Content, async _ =>
        {
            (WorkingPhoto content, IReadOnlyList<string> contentNotices) = await ReadWorkingPhotoAsync(request.Content, cancellation).ConfigureAwait(false);
            (WorkingPhoto style, IReadOnlyList<string> styleNotices) = await ReadWorkingPhotoAsync(request.Style, cancellation).ConfigureAwait(false);
            if (!NeedsAnalysis(request.Mode)) return MatchFile.Write(MatchedPair.Of(content, style, request.Orphans), [.. contentNotices, .. styleNotices]);
            SegmentedPair pair = Segmenter.Decide(
                await ReadAnalysisAsync(request.Content, cancellation).ConfigureAwait(false), await ReadAnalysisAsync(request.Style, cancellation).ConfigureAwait(false));
            WorkingPhoto from = content.WithLabels(pair.Content, pair.Names), to = style.WithLabels(pair.Style, pair.Names);
            return MatchFile.Write(MatchedPair.Of(from, to, request.Orphans), pair.Warnings);
        }, cancellation);

    /// <summary>Finds the grade on this machine.</summary>
    /// <param name="request">The work.</param>
    /// <param name="checkpoint">Where the solver's state is kept, or null.</param>
    /// <param name="progress">Told after each iteration.</param>
    /// <param name="cancellation">Stops before the next evaluation, with the checkpoint up to date.</param>
    /// <param name="turn">Waits until the solver is free, null if it is. It is given back when the grade is found: it need not wait until the grade is written.</param>
    public Task<StepOutcome<OptimiseResult>> OptimiseAsync(
        OptimiseRequest request, Checkpoint? checkpoint, Action<OptimiseProgress>? progress, CancellationToken cancellation, Func<Task<IDisposable>>? turn = null) =>
        StepCall.RunAsync(async () =>
        {
            if (await FindGradeAsync(request, cancellation).ConfigureAwait(false) is { } made) return (made, true);
            (Grade grade, OptimiseFigures figures) = await SolveAsync(request, checkpoint, progress, turn, cancellation).ConfigureAwait(false);
            ArtifactReference output = request.Grade();
            using var stream = new MemoryStream();
            GradeFile.Save(grade, stream);
            // The grade goes last: where it is, its figures are.
            await _artifacts.WriteAsync(FiguresOf(output), JsonBytes(figures), cancellation).ConfigureAwait(false);
            await _artifacts.WriteAsync(output, stream.ToArray(), cancellation).ConfigureAwait(false);
            Computed?.Invoke(output);
            return (new OptimiseResult(output, figures), false);
        });

    /// <summary>Looks for a grade that was made already.</summary>
    /// <returns>The outcome, or null if there is none.</returns>
    public async Task<StepOutcome<OptimiseResult>?> FindAsync(OptimiseRequest request, CancellationToken cancellation) =>
        await FindGradeAsync(request, cancellation).ConfigureAwait(false) is { } made ? new StepOutcome<OptimiseResult>(made, null, 0, true) : null;

    /// <summary>Renders the full photo and writes all results; <c>result.json</c> last.</summary>
    public Task<StepOutcome<TransferResult>> RenderAsync(RenderRequest request, CancellationToken cancellation) =>
        StepCall.RunAsync(() => new RenderStep(storage, _artifacts, _turns, _limits).RunAsync(request, cancellation));

    /// <summary>Writes <c>error.json</c> for a job that came to an error.</summary>
    public Task RecordFailureAsync(FailureRequest request, CancellationToken cancellation) => RecordFailureAsync(FailureReport.Of(request), cancellation);

    /// <summary>Writes <c>error.json</c> for a drop that never became a job.</summary>
    public async Task RecordFailureAsync(FailureReport report, CancellationToken cancellation)
    {
        IAsyncDisposable? hold = await _turns.TryHoldAsync(report.Job, report.Id, cancellation).ConfigureAwait(false);
        // The folder is a later job's: an error there would seem to be that one's.
        if (hold is null) return;
        await using ConfiguredAsyncDisposable turn = hold.ConfigureAwait(false);
        await storage.Results.WriteJsonAsync($"{ResultFolder.Of(report.Job, report.Id)}/error.json", report, cancellation).ConfigureAwait(false);
    }

    private async Task<(Grade Grade, OptimiseFigures Figures)> SolveAsync(
        OptimiseRequest request, Checkpoint? checkpoint, Action<OptimiseProgress>? progress, Func<Task<IDisposable>>? turn, CancellationToken cancellation)
    {
        using IDisposable? taken = turn is null ? null : await turn().ConfigureAwait(false);
        (WorkingPhoto content, _) = await ReadWorkingPhotoAsync(request.Content, cancellation).ConfigureAwait(false);
        (WorkingPhoto style, _) = await ReadWorkingPhotoAsync(request.Style, cancellation).ConfigureAwait(false);
        MatchedPair pair = MatchFile.Read(await _artifacts.ReadAsync(request.Match, cancellation).ConfigureAwait(false)).ToPair();
        byte[] statistics = await _artifacts.ReadAsync(request.Laplacian, cancellation).ConfigureAwait(false);
        MattingLaplacian laplacian = MattingLaplacian.Load(new MemoryStream(statistics, writable: false), content.Image);
        IFeatureEncoder encoder = _encoders.Get(request.Encoder, request.Precision, request.Options);

        SolveProgress? first = null, last = null;
        Grade grade = StyleTransfer.Optimise(
            new PreparedPair(content, style, pair, laplacian),
            encoder,
            request.Options,
            p =>
            {
                first ??= p;
                last = p;
                progress?.Invoke(OptimiseProgress.Of(p));
            },
            checkpoint,
            preview: null,
            cancellation);
        return (grade, Figures(first, last, encoder));
    }

    private static PhotoAnalysis Analyse(Photo photo, SegmentRequest request)
    {
        if (request is { Mode: SegmentationMode.Onnx, Network: null }) throw new ArgumentException("A network is to be asked, and none is named.", nameof(request));
        using PhotoSegmentation segmentation = PhotoSegmentation.Open(request.Mode, request.Network ?? "");
        return segmentation.Analyse(photo);
    }

    /// <summary>Whether what a photo shows is decided for both photos together.</summary>
    private static bool NeedsAnalysis(SegmentationMode mode) => mode is SegmentationMode.Cluster or SegmentationMode.Onnx;

    private static ArtifactReference AnalysisOf(ArtifactReference photo) => photo with { Hash = $"{photo.Hash}.analysis" };

    private async Task<PhotoAnalysis> ReadAnalysisAsync(ArtifactReference photo, CancellationToken cancellation) =>
        PhotoAnalysis.Load(new MemoryStream(await _artifacts.ReadAsync(AnalysisOf(photo), cancellation).ConfigureAwait(false), writable: false));

    private static ArtifactReference FiguresOf(ArtifactReference grade) => grade with { Hash = $"{grade.Hash}.json" };

    private static byte[] JsonBytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, PipelineJson.Options);

    private static OptimiseFigures Figures(SolveProgress? first, SolveProgress? last, IFeatureEncoder encoder) => new(
        last?.Evaluations ?? 0,
        last?.Iteration ?? 0,
        last?.Loss ?? double.NaN,
        first is { Iteration: 0 } ? first.Loss : null,
        (last?.Terms ?? []).ToDictionary(term => term.Name, term => term.Weight * term.Value),
        encoder.Device.ToString());

    private async Task<OptimiseResult?> FindGradeAsync(OptimiseRequest request, CancellationToken cancellation)
    {
        ArtifactReference grade = request.Grade();
        // Elsewhere, another process may have found it meanwhile: to do that work twice would cost more than to ask.
        if (alone && !_artifacts.MayExist(grade, request.Content, request.Style, request.Match, request.Laplacian)) return null;
        if (!await _artifacts.ExistsAsync(grade, cancellation).ConfigureAwait(false)) return null;
        byte[] figures = await _artifacts.ReadAsync(FiguresOf(grade), cancellation).ConfigureAwait(false);
        return new OptimiseResult(grade, JsonSerializer.Deserialize<OptimiseFigures>(figures, PipelineJson.Options)!);
    }

    private async Task<(WorkingPhoto Photo, IReadOnlyList<string> Notices)> ReadWorkingPhotoAsync(ArtifactReference artifact, CancellationToken cancellation) =>
        WorkingPhotoFile.Read(await _artifacts.ReadAsync(artifact, cancellation).ConfigureAwait(false));

    /// <param name="name">Names the output.</param>
    /// <param name="madeOf">An artefact that the output is made of, and perhaps others.</param>
    /// <param name="make">Makes the output.</param>
    /// <param name="cancellation">Stops it.</param>
    private Task<StepOutcome<ArtifactReference>> MakeAsync(
        Func<ArtifactReference> name, ArtifactReference madeOf, Func<ArtifactReference, Task<byte[]>> make, CancellationToken cancellation) =>
        StepCall.RunAsync(async () =>
        {
            ArtifactReference output = name();
            if (_artifacts.MayExist(output, madeOf) && await _artifacts.ExistsAsync(output, cancellation).ConfigureAwait(false)) return (output, true);
            byte[] bytes = await make(output).ConfigureAwait(false);
            await _artifacts.WriteAsync(output, bytes, cancellation).ConfigureAwait(false);
            Computed?.Invoke(output);
            return (output, false);
        });
}
