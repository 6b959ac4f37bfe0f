using System.Globalization;
using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Scoring;
using PhotoStyle.Segmentation;
using PhotoStyle.Segmentation.Networks;
using PhotoStyle.Transfer;

namespace PhotoStyle.Bench.Measurements;

/// <summary>The four figures on pairs with published results when the masks are not given but found; the figures themselves are taken with the given masks.</summary>
internal static class SegmentedPairTable
{
    public static void Print(string folder, string[] words)
    {
        // The compact segmenter is asked as a network is, and needs no file.
        bool names = words.Contains(Segmenter.CompactName);
        words = [.. words.Select(word => word == Segmenter.CompactName ? nameof(SegmentationMode.Onnx) : word)];
        SegmentationMode[] modes = words.Length > 0
            ? [.. words.Select(word => Enum.Parse<SegmentationMode>(word, ignoreCase: true))]
            : [SegmentationMode.Masks, SegmentationMode.Cluster, SegmentationMode.Onnx, SegmentationMode.None];
        using IFeatureEncoder encoder = EncoderCatalog.Open(EmbeddedEncoder.Name), measure = EncoderCatalog.Open("vgg19-pca");
        using SegmentationNetwork? network = modes.Contains(SegmentationMode.Onnx) && !names ? SegmentationNetwork.Open(SegmentationNetwork.DefaultName) : null;
        string results = Path.Combine(Path.GetTempPath(), "photostyle-segmented");
        Directory.CreateDirectory(results);
        Console.WriteLine($"encoder {encoder.Name}; in bold what is at least as good as the published result; pictures in {results}\n");
        Console.WriteLine("| pair | classes from | classes | swd | gram | struct | lap·1e4 | as good on |\n|---|---|---|---|---|---|---|---|");
        var pairsWon = modes.ToDictionary(mode => mode, _ => 0);
        foreach (string pair in Directory.GetDirectories(folder).OrderBy(d => int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture)))
        {
            string File(string name) => Path.Combine(pair, name + ".png");
            using Photo content = PhotoReader.Read(File("content")), style = PhotoReader.Read(File("style")), published = PhotoReader.Read(File("authors-final"));
            TransferInput Given(Photo photo, string mask) => new(photo, MaskReader.Read(File(mask), photo.Width, photo.Height, notice: null));
            TransferInput from = Given(content, "content-mask"), to = Given(style, "style-mask");
            Scores theirs = ResultScore.Measure(published, from, to, measure);
            string name = Path.GetFileName(pair);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | published | | {theirs.Swd:F4} | {theirs.Gram:F4} | {theirs.Struct:F3} | {theirs.Lap * 1e4:F2} | |"));
            foreach (SegmentationMode mode in modes)
            {
                (TransferInput first, TransferInput second) = Segment(content, style, mode, network, Path.Combine(results, $"{name}-{mode}".ToLowerInvariant())) ?? (from, to);
                Grade grade = StyleTransfer.Solve(first, second, encoder, new TransferOptions());
                using Photo result = GradeRenderer.Render(grade, content);
                PhotoWriter.Write(result, Path.Combine(results, $"{name}-{mode}.png".ToLowerInvariant()));
                Scores ours = ResultScore.Measure(result, from, to, measure);
                bool[] good = [ours.Swd <= theirs.Swd, ours.Gram <= theirs.Gram, ours.Struct >= theirs.Struct, ours.Lap <= theirs.Lap];
                int won = good.Count(one => one);
                if (won >= 3) pairsWon[mode]++;
                string Cell(int figure, double value, string format) => (good[figure] ? "**" : "") + value.ToString(format, CultureInfo.InvariantCulture) + (good[figure] ? "**" : "");
                Console.WriteLine(
                    $"| | {mode.ToString().ToLowerInvariant()} | {grade.Info.Classes.Count} | {Cell(0, ours.Swd, "F4")} | {Cell(1, ours.Gram, "F4")} | {Cell(2, ours.Struct, "F3")} | {Cell(3, ours.Lap * 1e4, "F2")} | {won} of 4 |");
            }
        }

        Console.WriteLine();
        foreach ((SegmentationMode mode, int won) in pairsWon) Console.WriteLine($"{mode.ToString().ToLowerInvariant()}: at least as good on three of four figures on {won} pairs");
    }

    /// <summary>Inputs with labels that were found, and pictures of them; null for given masks.</summary>
    private static (TransferInput Content, TransferInput Style)? Segment(Photo content, Photo style, SegmentationMode mode, SegmentationNetwork? network, string stem)
    {
        if (mode == SegmentationMode.Masks) return null;
        if (mode == SegmentationMode.None) return (new TransferInput(content), new TransferInput(style));
        PhotoAnalysis Analyse(Photo photo) => mode != SegmentationMode.Onnx ? Segmenter.Analyse(photo) : network is null ? Segmenter.Name(photo) : Segmenter.Analyse(photo, network);
        SegmentedPair pair = Segmenter.Decide(Analyse(content), Analyse(style));
        foreach (string warning in pair.Warnings) Console.Error.WriteLine($"{Path.GetFileName(stem)}: {warning}");
        using (Photo overlay = MaskWriter.Overlay(pair.Content, content, 512)) PhotoWriter.Write(overlay, stem + "-content.jpg");
        using (Photo overlay = MaskWriter.Overlay(pair.Style, style, 512)) PhotoWriter.Write(overlay, stem + "-style.jpg");
        return (new TransferInput(content, pair.Content, pair.Names), new TransferInput(style, pair.Style, pair.Names));
    }
}
