using System.Diagnostics;
using PhotoStyle.Features;
using PhotoStyle.Imaging;

namespace PhotoStyle.Bench.Measurements;

/// <summary>The whole process of <c>photostyle transfer</c> against the passes that the paper's method needs at the same size, in one run.</summary>
internal static class TransferCost
{
    private const int PaperIterations = 2000;
    private const int TimedPasses = 10;

    public static void Print(string content, string style, string contentMask, string styleMask)
    {
        string folder = Directory.CreateTempSubdirectory("photostyle-bench-").FullName;
        try
        {
            string output = Path.Combine(folder, "out.png");
            string[] arguments = ["transfer", content, style, "-o", output, "--content-mask", contentMask, "--style-mask", styleMask, "--quiet", "--force"];
            // The first start builds.
            Run(arguments);
            double[] seconds = [.. Enumerable.Range(0, 3).Select(_ => Run(arguments)).Order()];

            using Photo photo = PhotoReader.Read(content);
            FloatImage image = photo.ToFloatImage(Math.Max(photo.Width, photo.Height));
            using IFeatureEncoder encoder = Vgg19Shape.Create();
            Vgg19Shape.Pass(encoder, image);
            long began = Stopwatch.GetTimestamp();
            for (int i = 0; i < TimedPasses; i++) Vgg19Shape.Pass(encoder, image);
            double passes = Stopwatch.GetElapsedTime(began).TotalSeconds / TimedPasses * PaperIterations;

            Console.WriteLine($"transfer, {photo.Width}×{photo.Height}, whole process:  {seconds[1]:F2} s (of three: {seconds[0]:F2} to {seconds[2]:F2})");
            Console.WriteLine($"{PaperIterations} passes of {encoder.Name}: {passes:F0} s ({TimedPasses} timed)");
            Console.WriteLine($"ratio: {passes / seconds[1]:F0}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Run(string[] arguments)
    {
        long began = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(Launcher(), arguments))!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"photostyle ended with {process.ExitCode}.");
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static string Launcher()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "photostyle");
            if (File.Exists(candidate) && File.Exists(Path.Combine(folder.FullName, "PhotoStyle.sln"))) return candidate;
        }
        throw new InvalidOperationException("The launcher ./photostyle was not found above the benchmark.");
    }
}
