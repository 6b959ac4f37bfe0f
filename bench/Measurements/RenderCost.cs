using System.Diagnostics;
using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Optimization;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Bench.Measurements;

/// <summary>24 megapixels with four classes through every stage, and the memory that it takes.</summary>
internal static class RenderCost
{
    private const int Width = 6000, Height = 4000;

    public static void Print()
    {
        string folder = Directory.CreateTempSubdirectory("photostyle-bench-").FullName;
        try
        {
            string input = Path.Combine(folder, "in.jpg");
            using (Photo made = Photo.FromFloatImage(SyntheticPair.Picture(Width, Height, 1))) PhotoWriter.Write(made, input);
            var labels = new byte[Width * Height];
            for (int i = 0; i < labels.Length; i++) labels[i] = (byte)((i % Width * 2 / Width) + 2 * (i / Width * 2 / Height));
            var map = new LabelMap(Width, Height, labels);

            long began = Stopwatch.GetTimestamp();
            using Photo photo = PhotoReader.Read(input);
            Row("decode JPEG", ref began);
            using IFeatureEncoder encoder = EmbeddedEncoder.Create();
            var options = new TransferOptions { Solver = new SolverOptions { Evaluations = 2 } };
            Grade grade = StyleTransfer.Solve(new TransferInput(photo, map), new TransferInput(photo, map), encoder, options);
            Row("reduce, match, two evaluations", ref began);
            using Photo result = GradeRenderer.Render(grade, photo);
            double rendering = Row("render", ref began);
            PhotoWriter.Write(result, Path.Combine(folder, "out.jpg"));
            Row("encode JPEG", ref began);
            Console.WriteLine($"rendering: {Width * Height / 1e6 / rendering:F1} MP/s");
            using Process self = Process.GetCurrentProcess();
            Console.WriteLine($"peak resident memory, with making the picture: {self.PeakWorkingSet64 / 1e6:F0} MB");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Row(string stage, ref long began)
    {
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine($"{stage,-32} {seconds,6:F2} s");
        began = Stopwatch.GetTimestamp();
        return seconds;
    }
}
