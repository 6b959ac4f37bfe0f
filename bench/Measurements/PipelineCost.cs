using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Pipeline.Hosting;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Bench.Measurements;

/// <summary>What the pipeline costs beyond the engine it runs: for one job, and for many at once.</summary>
internal static class PipelineCost
{
    private const int Rounds = 7;
    private const int MemoryEvery = 20;
    private const int WarmUps = 5;

    /// <summary>From the drop of a 700-pixel photo to its result, in turn with the engine alone on the same photo.</summary>
    public static async Task PrintOverheadAsync(bool onAzurite)
    {
        await using BenchStorage bench = await BenchStorage.CreateAsync(onAzurite);
        var options = new JobOptions { Segment = SegmentationMode.None };
        await bench.AddStyleAsync(Photo(700, 467, 1000), options);
        using IFeatureEncoder encoder = EncoderCatalog.Open("embedded");
        var ending = new Ending();
        using var host = new LocalHost(bench.Storage, new LocalHostOptions(), ending);
        using var stop = new CancellationTokenSource();
        Task running = host.RunAsync(stop.Token);
        byte[] style = Photo(700, 467, 1000);
        var rows = new List<(double Engine, double Pipeline, double Again)>();
        for (int round = -2; round < Rounds; round++)
        {
            byte[] photo = Photo(700, 467, round + 10);
            long began = Stopwatch.GetTimestamp();
            Transfer(photo, style, encoder, options);
            double engine = Stopwatch.GetElapsedTime(began).TotalSeconds;
            double pipeline = await JobAsync(bench, ending, photo, $"one{round}", options);
            // The same photo and style at another strength: all but rendering is there already.
            double again = await JobAsync(bench, ending, photo, $"two{round}", options with { Strength = 0.5 });
            if (round >= 0) rows.Add((engine, pipeline, again));
        }
        await stop.CancelAsync();
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }
        double Median(Func<(double Engine, double Pipeline, double Again), double> value) => rows.Select(value).Order().ElementAt(Rounds / 2);
        Console.WriteLine($"one job of 700×467, warm, on {(onAzurite ? "Azurite" : "a folder")}; medians of {Rounds} in turn, from the drop to the end of the job");
        Row("engine alone: read, solve, render, write", Median(r => r.Engine));
        Row("job", Median(r => r.Pipeline));
        Row("overhead", Median(r => r.Pipeline - r.Engine));
        Row("second job on the same photo, other strength", Median(r => r.Again));
    }

    /// <summary>Many small jobs dropped at once, and the engine alone in a loop over the same photos.</summary>
    public static async Task PrintThroughputAsync(int count, bool onAzurite)
    {
        await using BenchStorage bench = await BenchStorage.CreateAsync(onAzurite);
        var options = new JobOptions { Segment = SegmentationMode.None, Size = 192, Iterations = 20 };
        byte[] style = Photo(240, 160, 1000);
        byte[][] photos = [.. Enumerable.Range(0, count).Select(i => Photo(240, 160, i))];
        using IFeatureEncoder encoder = EncoderCatalog.Open("embedded");
        await bench.AddStyleAsync(style, options);
        // Both are compiled before they are measured.
        for (int i = 0; i < WarmUps; i++)
        {
            Transfer(photos[i], style, encoder, options);
            await bench.Storage.Uploads.WriteAsync(FormattableString.Invariant($"style/warm{i}.jpg"), new MemoryStream(Photo(240, 160, 2000 + i)));
        }
        using (var before = new LocalHost(bench.Storage, new LocalHostOptions { Once = true }, new Ending())) await before.RunAsync(default);
        for (int i = 0; i < count; i++) await bench.Storage.Uploads.WriteAsync(FormattableString.Invariant($"style/{i:000}.jpg"), new MemoryStream(photos[i]));
        var watch = new Counting();
        using var host = new LocalHost(bench.Storage, new LocalHostOptions { Once = true }, watch);
        // Half before and half after: the machine's speed changes by the minute.
        double engine = Loop(photos[..(count / 2)]);
        Console.WriteLine($"memory in MB, jobs\n   after  {MemorySample.Head}");
        int optimised = 0;
        host.Steps.Computed += artifact => optimised += artifact.Step == "optimise" ? 1 : 0;
        long began = Stopwatch.GetTimestamp();
        await host.RunAsync(default);
        double pipeline = Stopwatch.GetElapsedTime(began).TotalSeconds;
        engine += Loop(photos[(count / 2)..]);

        Console.WriteLine($"{count} jobs of 240×160 dropped at once on {(onAzurite ? "Azurite" : "a folder")}");
        Row("engine alone in a loop", engine);
        Row("jobs", pipeline);
        Console.WriteLine($"{"throughput against the engine's",-48} {engine / pipeline,8:F2}");
        Console.WriteLine($"{"done / solved / told done",-48} {await CountResultsAsync(bench) - WarmUps,4} / {optimised} / {watch.Done}");

        double Loop(byte[][] some)
        {
            Console.WriteLine($"memory in MB, the engine alone\n   after  {MemorySample.Head}");
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < some.Length; i++)
            {
                Transfer(some[i], style, encoder, options);
                PrintMemory(i + 1);
            }
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    private static void PrintMemory(int done)
    {
        if (done % MemoryEvery == 0) Console.WriteLine($"{done,8}  {MemorySample.Take()}");
    }

    private static async Task<int> CountResultsAsync(BenchStorage bench)
    {
        int results = 0;
        await foreach (BlobEntry entry in bench.Storage.Results.ListAsync())
        {
            if (entry.Name.EndsWith("/result.json", StringComparison.Ordinal)) results++;
        }
        return results;
    }

    private static async Task<double> JobAsync(BenchStorage bench, Ending ending, byte[] photo, string job, JobOptions options)
    {
        await bench.Storage.Uploads.WriteAsync($"{job}/content.jpg", new MemoryStream(photo));
        long began = Stopwatch.GetTimestamp();
        await bench.Storage.Uploads.WriteJsonAsync($"{job}/job.json", new Pipeline.Drops.JobFile { Style = "style", Options = options });
        await ending.OfAsync(job);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static void Transfer(byte[] content, byte[] style, IFeatureEncoder encoder, JobOptions options)
    {
        using Photo from = PhotoReader.Read(content, "content"), to = PhotoReader.Read(style, "style");
        Grade grade = StyleTransfer.Solve(new TransferInput(from), new TransferInput(to), encoder, options.ToTransferOptions());
        using Photo result = GradeRenderer.Render(grade, from);
        using var output = new MemoryStream();
        PhotoWriter.Write(result, output, PhotoFormat.Jpeg);
    }

    private static byte[] Photo(int width, int height, int seed)
    {
        using Photo photo = Imaging.Photo.FromFloatImage(SyntheticPair.Create(width, height, seed).Image);
        using var stream = new MemoryStream();
        PhotoWriter.Write(photo, stream, PhotoFormat.Jpeg);
        return stream.ToArray();
    }

    private static void Row(string what, double seconds) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-48} {seconds,8:F3} s"));

    /// <summary>Tells when a job has ended. To look for its result again and again would take the cores from the solver.</summary>
    private sealed class Ending : IHostObserver
    {
        private readonly ConcurrentDictionary<string, TaskCompletionSource> _ends = new();

        public Task OfAsync(string job) => Of(job).Task;

        public void Changed(JobView job)
        {
            if (job.Status.State == JobState.Completed) Of(job.Job).TrySetResult();
            if (job.Status.State == JobState.Failed) Of(job.Job).TrySetException(new InvalidOperationException("The job failed."));
        }

        public void Waiting(IReadOnlyList<string> drops)
        {
        }

        public void Notice(string message) => Console.Error.WriteLine(message);

        private TaskCompletionSource Of(string job) => _ends.GetOrAdd(job, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    private sealed class Counting : IHostObserver
    {
        private readonly Lock _lock = new();

        public int Done { get; private set; }

        public void Changed(JobView job)
        {
            if (job.Status.State is not (JobState.Completed or JobState.Failed)) return;
            lock (_lock)
            {
                Done++;
                PrintMemory(Done);
            }
        }

        public void Waiting(IReadOnlyList<string> drops)
        {
        }

        public void Notice(string message) => Console.Error.WriteLine(message);
    }
}
