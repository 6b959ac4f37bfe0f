using System.Diagnostics;
using System.Globalization;
using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Matting;
using PhotoStyle.Optimization;
using PhotoStyle.Scoring;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Bench.Measurements;

/// <summary>
/// The preset <c>paper</c> over a folder of pairs, as for <see cref="PairTable"/> and with the published first stage, <c>authors-stage1.png</c>: matting energy,
/// masked Gram distance and structure of both stages, ours and the published ones, all reduced to one size. Rows are kept with the pictures, and a pair that was
/// interrupted goes on from its checkpoint: started again, the table goes on where it was, and the seconds are those since then.
/// </summary>
internal static class ReproductionTable
{
    /// <param name="folder">The pairs.</param>
    /// <param name="encoderName">For solving and measuring.</param>
    /// <param name="size">Long side at which all is solved and measured.</param>
    /// <param name="iterations">Evaluations in each stage.</param>
    /// <param name="only">The pairs to take, by name; all if there are none.</param>
    public static void Print(string folder, string encoderName, int size, int iterations, IReadOnlyList<string> only)
    {
        TransferOptions options = TransferOptions.Of(TransferOptions.PaperPreset) with { Size = size };
        options = options with { Pixels = options.Pixels with { Iterations = iterations } };
        using IFeatureEncoder encoder = EncoderCatalog.Open(encoderName, options.ChooseLayers), measure = EncoderCatalog.Open(encoderName);
        string results = Path.Combine(Path.GetTempPath(), $"photostyle-reproduction-{encoderName}-{size}-{iterations}");
        Directory.CreateDirectory(results);
        Console.WriteLine($"preset paper, encoder {encoder.Name}, {size} px, at most {iterations} + {iterations} evaluations; each cell ours / published; pictures in {results}\n");
        Console.WriteLine("| pair | size | seconds | energy, stage 1 | energy, final | falls | gram, stage 1 | gram, final | struct, stage 1 | struct, final |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (string pair in Directory.GetDirectories(folder).OrderBy(d => int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture)))
        {
            string name = Path.GetFileName(pair);
            if (only.Count > 0 && !only.Contains(name)) continue;
            string row = Path.Combine(results, name + ".md"), stage1File = Path.Combine(results, $"{name}-stage1.png");
            if (File.Exists(row))
            {
                Console.WriteLine(File.ReadAllText(row));
                continue;
            }
            string Png(string file) => Path.Combine(pair, file + ".png");
            using Photo content = Reduced(Png("content"), size), style = PhotoReader.Read(Png("style"));
            TransferInput Input(Photo photo, string mask) => new(photo, MaskReader.Read(Png(mask), photo.Width, photo.Height, notice: null));
            TransferInput from = Input(content, "content-mask"), to = Input(style, "style-mask");

            long began = Stopwatch.GetTimestamp();
            FloatImage? first = null;
            var checkpoint = new Checkpoint(Path.Combine(results, name + ".checkpoint"), TimeSpan.FromSeconds(20));
            Grade grade = StyleTransfer.Solve(from, to, encoder, options, checkpoint: checkpoint, preview: new Preview(1, Keep));
            using Photo final = GradeRenderer.Render(grade, content);
            TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
            using Photo stage1 = PhotoReader.Read(stage1File);
            PhotoWriter.Write(final, Path.Combine(results, $"{name}-final.png"));

            void Keep(FloatImage picture, int stage, int iteration)
            {
                if (stage == 1) first = picture;
                else if (first is not null)
                {
                    using Photo photo = Photo.FromFloatImage(first);
                    PhotoWriter.Write(photo, stage1File);
                    first = null;
                }
            }

            using Photo publishedStage1 = Reduced(Png("authors-stage1"), size), publishedFinal = Reduced(Png("authors-final"), size);
            var laplacian = new MattingLaplacian(content.ToFloatImage(size));
            double Energy(Photo photo) => laplacian.Energy(photo.ToFloatImage(size));
            (double ours1, double ours2, double theirs1, double theirs2) = (Energy(stage1), Energy(final), Energy(publishedStage1), Energy(publishedFinal));
            Scores Score(Photo photo) => ResultScore.Measure(photo, from, to, measure);
            Scores our1 = Score(stage1), our2 = Score(final), their1 = Score(publishedStage1), their2 = Score(publishedFinal);
            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {content.Width}×{content.Height} | {elapsed.TotalSeconds:F0} | {ours1:G3} / {theirs1:G3} | {ours2:G3} / {theirs2:G3} | {ours1 / ours2:F1} / {theirs1 / theirs2:F1} "
                + $"| {our1.Gram:F4} / {their1.Gram:F4} | {our2.Gram:F4} / {their2.Gram:F4} | {our1.Struct:F3} / {their1.Struct:F3} | {our2.Struct:F3} / {their2.Struct:F3} |");
            File.WriteAllText(row, line);
            File.Delete(checkpoint.Storage.Name);
            Console.WriteLine(line);
        }
    }

    private static Photo Reduced(string path, int size)
    {
        using Photo photo = PhotoReader.Read(path);
        return Photo.FromFloatImage(photo.ToFloatImage(size));
    }
}
