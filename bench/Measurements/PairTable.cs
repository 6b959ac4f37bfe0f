using System.Diagnostics;
using System.Globalization;
using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Optimization;
using PhotoStyle.Scoring;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Bench.Measurements;

/// <summary>
/// The four figures of our results and of published ones, over a folder of pairs: <c>N/content.png</c>, <c>style.png</c>, <c>content-mask.png</c>,
/// <c>style-mask.png</c> and <c>authors-final.png</c>. Figures are taken with the PCA-distilled VGG-19, whatever encoder the transfer uses.
/// </summary>
internal static class PairTable
{
    public static void Print(string folder, string encoderName)
    {
        using IFeatureEncoder encoder = EncoderCatalog.Open(encoderName), measure = EncoderCatalog.Open("vgg19-pca");
        string results = Path.Combine(Path.GetTempPath(), "photostyle-pairs");
        Directory.CreateDirectory(results);
        Console.WriteLine($"encoder {encoder.Name}; each cell ours / published, in bold where ours is at least as good; pictures in {results}\n");
        Console.WriteLine("| pair | seconds | swd | gram | struct | lap·1e4 |\n|---|---|---|---|---|---|");
        int[] wins = new int[4];
        foreach (string pair in Directory.GetDirectories(folder).OrderBy(d => int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture)))
        {
            string File(string name) => Path.Combine(pair, name + ".png");
            using Photo content = PhotoReader.Read(File("content")), style = PhotoReader.Read(File("style")), published = PhotoReader.Read(File("authors-final"));
            TransferInput Input(Photo photo, string mask) => new(photo, MaskReader.Read(File(mask), photo.Width, photo.Height, notice: null));
            TransferInput from = Input(content, "content-mask"), to = Input(style, "style-mask");

            long began = Stopwatch.GetTimestamp();
            SolveProgress? first = null, last = null;
            Grade grade = StyleTransfer.Solve(from, to, encoder, new TransferOptions(), progress => (first, last) = (first ?? progress, progress));
            using Photo result = GradeRenderer.Render(grade, content);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
            if (!(last!.Loss < first!.Loss)) throw new InvalidOperationException($"Pair {pair} diverged.");
            PhotoWriter.Write(result, Path.Combine(results, Path.GetFileName(pair) + ".png"));

            Scores ours = ResultScore.Measure(result, from, to, measure), theirs = ResultScore.Measure(published, from, to, measure);
            string Cell(int figure, double a, double b, bool better, string format)
            {
                if (better) wins[figure]++;
                string text = string.Create(CultureInfo.InvariantCulture, $"{a.ToString(format, CultureInfo.InvariantCulture)} / {b.ToString(format, CultureInfo.InvariantCulture)}");
                return better ? $"**{text}**" : text;
            }
            Console.WriteLine(
                $"| {Path.GetFileName(pair)} | {elapsed.TotalSeconds:F1} | {Cell(0, ours.Swd, theirs.Swd, ours.Swd <= theirs.Swd, "F4")} | {Cell(1, ours.Gram, theirs.Gram, ours.Gram <= theirs.Gram, "F4")} "
                + $"| {Cell(2, ours.Struct, theirs.Struct, ours.Struct >= theirs.Struct, "F3")} | {Cell(3, ours.Lap * 1e4, theirs.Lap * 1e4, ours.Lap <= theirs.Lap, "F2")} |");
        }
        Console.WriteLine($"| at least as good | | {wins[0]} | {wins[1]} | {wins[2]} | {wins[3]} |");
    }
}
