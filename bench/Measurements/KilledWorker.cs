using System.Diagnostics;
using System.Globalization;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Azurite;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Bench.Measurements;

/// <summary>How much work is done again after a worker was killed: real processes on Azurite, each killed with SIGKILL at a moment of chance.</summary>
/// <remarks>
/// A worker tells each iteration when it is done. What the next one tells first shows after which iteration it went on; what the killed one did from then on is lost.
/// Time in which it waited for a state to arrive counts as work: the figures are on the safe side.
/// </remarks>
internal static class KilledWorker
{
    /// <summary>A worker is at work for at most so long: longer than may be lost, and long enough for several states.</summary>
    private static readonly TimeSpan s_longestWork = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan s_lastReports = TimeSpan.FromSeconds(0.5);

    /// <summary>Measures on a storage of its own.</summary>
    /// <param name="content">A photo.</param>
    /// <param name="style">Another one.</param>
    /// <param name="options">How the job is done.</param>
    /// <param name="kills">How many workers are killed.</param>
    public static async Task PrintAsync(string content, string style, JobOptions options, int kills)
    {
        string folder = Directory.CreateTempSubdirectory("photostyle-killed-").FullName;
        await using (AzuriteServer server = await AzuriteServer.StartPrivateAsync(await AzuriteInstallation.EnsureAsync(Console.Error.WriteLine), folder))
        {
            PipelineStorage storage = PipelineStorage.InAccount(server.ConnectionString);
            var queues = new PipelineQueues(server.ConnectionString);
            await Task.WhenAll(storage.CreateAsync(), queues.CreateAsync());
            OptimizeMessage message = await PrepareAsync(storage, content, style, options);
            await queues.Optimize.SendMessageAsync(MessageJson.Write(message));
            await KillAsync(server.ConnectionString, queues, storage, message.Request.Grade().Hash, kills);
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task KillAsync(string connection, PipelineQueues queues, PipelineStorage storage, string checkpoint, int kills)
    {
        var random = new Random(1);
        List<double> losses = [], iterations = [];
        BenchWorker? killed = null;
        long moment = 0;
        Console.WriteLine("  kill   at work for   evaluations told   went on after   lost");
        for (int number = 1; number <= kills + 1; number++)
        {
            BenchWorker worker = BenchWorker.Start(connection);
            if (!await worker.ListenUntilItWorksAsync(queues)) throw new InvalidOperationException("The job was done before: give more iterations.");
            if (killed is not null)
            {
                (int? after, double lost) = Lost(killed.Progress, worker.Progress[0].Evaluations, moment, iterations);
                losses.Add(lost);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{number - 1,6}  {Seconds(killed.Progress[0].Moment, moment),10:F1} s  {killed.Progress[^1].Evaluations,17}  {after?.ToString(CultureInfo.InvariantCulture) ?? "as before",14}  {lost,5:F2} s"));
                killed.Dispose();
            }
            if (number <= kills && !await worker.ListenAsync(queues, s_longestWork * random.NextDouble())) throw new InvalidOperationException("The job was done before: give more iterations.");
            moment = await worker.KillAsync();
            await worker.ListenAsync(queues, s_lastReports);
            iterations.AddRange(worker.Progress.Zip(worker.Progress.Skip(1), (before, after) => Seconds(before.Moment, after.Moment)));
            killed = worker;
        }
        killed!.Dispose();
        losses.Sort();
        iterations.Sort();
        long state = (await storage.Checkpoints.FindAsync(checkpoint))?.Length ?? 0;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"lost: {losses[losses.Count / 2]:F2} s in the middle, {losses[^1]:F2} s at most; an iteration: {iterations[iterations.Count / 2]:F2} s in the middle, {iterations[^1]:F2} s at most; the state: {state / 1e6:F1} MB"));
    }

    /// <summary>What was lost, in seconds, and after how many evaluations the next worker went on; null for those after which the killed one had.</summary>
    /// <param name="told">What the killed worker told.</param>
    /// <param name="next">The evaluations that the next one told first.</param>
    /// <param name="killed">When it was killed.</param>
    /// <param name="iterations">Seconds of iterations until now.</param>
    private static (int? After, double Seconds) Lost(IReadOnlyList<BenchWorker.Told> told, int next, long killed, List<double> iterations)
    {
        BenchWorker.Told[] kept = [.. told.Where(point => point.Evaluations < next)];
        if (kept.Length > 0) return (kept[^1].Evaluations, Seconds(kept[^1].Moment, killed));
        // It had saved nothing: all its work is lost, and the first iteration had begun before it told of it.
        return (null, Seconds(told[0].Moment, killed) + iterations.Max());
    }

    private static double Seconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalSeconds;

    /// <summary>Does all steps before the solver's.</summary>
    private static async Task<OptimizeMessage> PrepareAsync(PipelineStorage storage, string content, string style, JobOptions options)
    {
        var job = new TransferRequest { Job = "killed", Content = await DropAsync(storage, "content", content), Style = await DropAsync(storage, "style", style), Options = options };
        job.Validate();
        TransferOptions transfer = options.ToTransferOptions();
        SegmentationMode mode = options.SegmentationFor(hasMasks: false);
        using var steps = new PipelineSteps(storage);
        JobInputs inputs = Value(await steps.TakeAsync(job, default));
        ArtifactReference from = Value(await steps.SegmentAsync(new SegmentRequest(inputs.Content, null, mode, transfer.Size, null), default));
        ArtifactReference to = Value(await steps.SegmentAsync(new SegmentRequest(inputs.Style, null, mode, transfer.Size, null), default));
        ArtifactReference laplacian = Value(await steps.ComputeLaplacianAsync(new LaplacianRequest(inputs.Content, transfer.Size, transfer.Solver.Epsilon), default));
        ArtifactReference match = Value(await steps.MatchAsync(new MatchRequest(from, to, mode, options.Orphans), default));
        return OptimizeMessage.For(job, new OptimiseRequest(from, to, match, laplacian, options.EncoderFor(transfer), options.Precision, transfer));
    }

    private static async Task<BlobReference> DropAsync(PipelineStorage storage, string role, string path)
    {
        string name = $"killed/{role}{Path.GetExtension(path)}";
        await using (FileStream file = File.OpenRead(path)) await storage.Uploads.WriteAsync(name, file);
        return new BlobReference(storage.Uploads.Name, name, (await storage.Uploads.FindAsync(name))!.ETag);
    }

    private static T Value<T>(StepOutcome<T> outcome)
        where T : class => outcome.Value ?? throw new InvalidOperationException(outcome.Error?.Message);
}
