using System.Diagnostics;
using System.Globalization;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;
using PhotoStyle.Segmentation.Networks;

namespace PhotoStyle.Bench.Measurements;

/// <summary>What it takes to find the classes of two photos in memory, by clustering and with a network.</summary>
internal static class SegmentationCost
{
    private const int LongSide = 700;
    private const int Runs = 3;

    public static void Print(string contentPath, string stylePath, string? networkName)
    {
        using Photo content = Reduced(contentPath), style = Reduced(stylePath);
        Write("clustering", () =>
        {
            PhotoAnalysis? one = null, other = null;
            Parallel.Invoke(() => one = Segmenter.Analyse(content), () => other = Segmenter.Analyse(style));
            Segmenter.Decide(one!, other!);
        });
        Write("  of that, the decision", Decision(Segmenter.Analyse(content), Segmenter.Analyse(style)));
        if (networkName is null) return;
        Write("opening the network", () => SegmentationNetwork.Open(networkName).Dispose());
        using SegmentationNetwork network = SegmentationNetwork.Open(networkName);
        Write("network", () => Segmenter.Decide(Segmenter.Analyse(content, network), Segmenter.Analyse(style, network)));
        Write("  of that, the decision", Decision(Segmenter.Analyse(content, network), Segmenter.Analyse(style, network)));
    }

    private static Action Decision(PhotoAnalysis content, PhotoAnalysis style) => () => Segmenter.Decide(content, style);

    /// <summary>Elapsed time, and the time of processors, which busy neighbours hardly change.</summary>
    private static void Write(string what, Action action)
    {
        double median = Timing.Median(action, runs: 5);
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        for (int i = 0; i < Runs; i++) action();
        process.Refresh();
        double processors = (process.TotalProcessorTime - before).TotalMilliseconds / Runs;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-24} {median,7:F0} ms, {processors,7:F0} ms of processors"));
    }

    private static Photo Reduced(string path)
    {
        using Photo photo = PhotoReader.Read(path);
        return Photo.FromFloatImage(photo.ToFloatImage(LongSide));
    }
}
