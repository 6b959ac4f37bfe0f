using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Transfer;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>Applies the grade to the full photo and writes the results.</summary>
internal sealed class RenderStep(PipelineStorage storage, ArtifactStore artifacts, ResultTurns turns, ImageLimits limits)
{
    private const int PreviewSide = 1024;
    private const int PreviewQuality = 85;

    public async Task<(TransferResult Result, bool Reused)> RunAsync(RenderRequest request, CancellationToken cancellation)
    {
        TransferRequest job = request.Request;
        string folder = ResultFolder.Of(job.Job, job.Id);
        if (await ExistingAsync(folder, job.Id, cancellation).ConfigureAwait(false) is { } made) return (made, true);

        long began = Stopwatch.GetTimestamp();
        byte[] gradeBytes = await artifacts.ReadAsync(request.Optimised.Grade, cancellation).ConfigureAwait(false);
        Grade grade = GradeFile.Load(new MemoryStream(gradeBytes, writable: false), "grade.safetensors");
        MatchFile match = MatchFile.Read(await artifacts.ReadAsync(request.Match, cancellation).ConfigureAwait(false));
        byte[] contentBytes = await artifacts.ReadAsync(request.Inputs.Content.Artifact, cancellation).ConfigureAwait(false);
        using Photo content = PhotoReader.Read(contentBytes, request.Inputs.Content.Name, limits);
        PhotoFormat format = OutputFile.FormatOf(job.Options, request.Inputs.Content.Name);
        string output = OutputFile.NameOf(job.Options, request.Inputs.Content.Name);

        using Photo graded = GradeRenderer.Render(grade, content, job.Options.Strength, cancellation: cancellation);
        using var photo = new MemoryStream();
        PhotoWriter.Write(graded, photo, format, new PhotoWriteOptions { Quality = job.Options.Quality });
        using Photo small = Photo.FromFloatImage(graded.ToFloatImage(PreviewSide));
        using var preview = new MemoryStream();
        PhotoWriter.Write(small, preview, PhotoFormat.Jpeg, new PhotoWriteOptions { Quality = PreviewQuality });

        IAsyncDisposable? hold = await turns.TryHoldAsync(job.Job, job.Id, cancellation).ConfigureAwait(false);
        if (hold is null)
            throw new PhotoStyleException(ErrorCode.Superseded, $"A later job is called {BlobName.Printable(job.Job)}, as its photo was replaced or asked for in another way: look at that job's result.");
        await using ConfiguredAsyncDisposable turn = hold.ConfigureAwait(false);
        photo.Position = preview.Position = 0;
        await Task.WhenAll(
            storage.Results.WriteAsync($"{folder}/{output}", photo, cancellation),
            storage.Results.WriteAsync($"{folder}/preview.jpg", preview, cancellation),
            storage.Results.WriteAsync($"{folder}/grade.safetensors", new MemoryStream(gradeBytes, writable: false), cancellation)).ConfigureAwait(false);
        // Of an earlier try of the same job: an error beside a result would be a riddle.
        await storage.Results.DeleteAsync($"{folder}/error.json", cancellation).ConfigureAwait(false);

        var result = new TransferResult
        {
            Job = job.Job,
            Id = job.Id,
            Request = job,
            Inputs = Hashes(request.Inputs),
            Output = output,
            Width = graded.Width,
            Height = graded.Height,
            Encoder = grade.Info.Encoder,
            Options = grade.Info.Options,
            Classes = JobClass.Of(grade.Info.Outcomes),
            Figures = request.Optimised.Figures,
            Steps = [.. request.Steps, new StepTiming(JobStep.Render, Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds, 3), false)],
            Files = [output, "preview.jpg", "grade.safetensors", "result.json"],
            Notices = [.. match.Notices, .. Losses(content, format, output)],
            Program = $"photostyle {StyleTransfer.Version}",
            Versions = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["photostyle"] = StyleTransfer.Version,
                ["runtime"] = RuntimeInformation.FrameworkDescription,
                ["system"] = RuntimeInformation.RuntimeIdentifier,
            },
        };
        await storage.Results.WriteJsonAsync($"{folder}/result.json", result, cancellation).ConfigureAwait(false);
        return (result, false);
    }

    private async Task<TransferResult?> ExistingAsync(string folder, string id, CancellationToken cancellation)
    {
        try
        {
            TransferResult? result = await storage.Results.ReadJsonAsync<TransferResult>($"{folder}/result.json", cancellation).ConfigureAwait(false);
            return result?.Id == id ? result : null;
        }
        catch (JsonException)
        {
            // Of another version: it is replaced.
            return null;
        }
    }

    private static SortedDictionary<string, string> Hashes(JobInputs inputs)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["content"] = inputs.Content.Artifact.Hash, ["style"] = inputs.Style.Artifact.Hash };
        if (inputs.ContentMask is { } contentMask) hashes["contentMask"] = contentMask.Artifact.Hash;
        if (inputs.StyleMask is { } styleMask) hashes["styleMask"] = styleMask.Artifact.Hash;
        return hashes;
    }

    private static IEnumerable<string> Losses(Photo content, PhotoFormat format, string output)
    {
        if (content.HasAlpha && format == PhotoFormat.Jpeg) yield return "JPEG has no transparency: the photo was put on white. Ask for the format png, webp, tif or avif to keep it.";
        if (content.BitDepth == 16 && format is PhotoFormat.Jpeg or PhotoFormat.WebP) yield return $"{output} holds 8 bit where the photo has 16. Ask for the format png or tif to keep them.";
    }
}
