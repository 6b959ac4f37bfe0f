using System.Globalization;
using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Scoring;
using PhotoStyle.Segmentation;
using PhotoStyle.Segmentation.Networks;
using PhotoStyle.Transfer;

namespace PhotoStyle.Bench.Measurements;

/// <summary>The four figures on pairs with published results when the masks are not given but found; the figures themselves are taken with the given masks, and gram with the real VGG-19.</summary>
internal static class SegmentedPairTable
{
    private const string Masks = "masks", None = "none", Cluster = "cluster", Network = "onnx";

    public static void Print(string folder, string[] words)
    {
        string[] only = [.. words.Where(word => int.TryParse(word, out _))], sources = [.. words.Except(only)];
        if (sources.Length == 0) sources = [Masks, Cluster, Network, Segmenter.CompactName, None];
        using IFeatureEncoder encoder = EncoderCatalog.Open(EmbeddedEncoder.Name), measure = EncoderCatalog.Open("vgg19-conv3");
        using SegmentationNetwork? network = sources.Contains(Network) ? SegmentationNetwork.Open(SegmentationNetwork.DefaultName) : null;
        string results = Path.Combine(Path.GetTempPath(), "photostyle-segmented");
        Directory.CreateDirectory(results);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"solved with {encoder.Name}, gram by {measure.Name}; in bold what is at least as good as the published result, within {100 * Scores.Tolerance} %; pictures in {results}\n"));
        Console.WriteLine("| pair | classes from | classes | swd | gram | struct | lap·1e4 | as good on |\n|---|---|---|---|---|---|---|---|");
        var counts = sources.ToDictionary(source => source, _ => new List<int>());
        foreach (PairFolder pair in PairFolder.All(folder).Where(pair => only.Length == 0 || only.Contains(pair.Name)))
        {
            using Photo content = PhotoReader.Read(pair.File("content")), style = PhotoReader.Read(pair.File("style")), published = PhotoReader.Read(pair.File("authors-final"));
            TransferInput from = pair.Input(content, "content-mask"), to = pair.Input(style, "style-mask");
            Scores theirs = ResultScore.Measure(published, from, to, measure);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {pair.Name} | published | | {theirs.Swd:F4} | {theirs.Gram:F3} | {theirs.Struct:F3} | {theirs.Lap * 1e4:F2} | |"));
            foreach (string source in sources)
            {
                string stem = Path.Combine(results, $"{pair.Name}-{source}");
                (TransferInput first, TransferInput second) = source switch
                {
                    Masks => (from, to),
                    None => (new TransferInput(content), new TransferInput(style)),
                    Cluster => Segment(content, style, Segmenter.Analyse, stem),
                    Segmenter.CompactName => Segment(content, style, Segmenter.Name, stem),
                    Network => Segment(content, style, network!.Analyse, stem),
                    _ => throw new ArgumentException($"There are no classes from '{source}'."),
                };
                Grade grade = StyleTransfer.Solve(first, second, encoder, new TransferOptions());
                using Photo result = GradeRenderer.Render(grade, content);
                PhotoWriter.Write(result, stem + ".png");
                Scores ours = ResultScore.Measure(result, from, to, measure);
                IReadOnlyList<bool> good = ours.AtLeastAsGood(theirs, Scores.Tolerance);
                int won = good.Count(one => one);
                counts[source].Add(won);
                string Cell(int figure, FormattableString text) => good[figure] ? $"**{FormattableString.Invariant(text)}**" : FormattableString.Invariant(text);
                Console.WriteLine(
                    $"| | {source} | {grade.Info.Classes.Count} | {Cell(0, $"{ours.Swd:F4}")} | {Cell(1, $"{ours.Gram:F3}")} | {Cell(2, $"{ours.Struct:F3}")} | {Cell(3, $"{ours.Lap * 1e4:F2}")} | {won} of 4 |");
            }
        }

        Console.WriteLine();
        foreach ((string source, List<int> won) in counts) Console.WriteLine($"{source}: at least as good on three of four figures on {won.Count(n => n >= 3)} of {won.Count} pairs, on all four on {won.Count(n => n == 4)}");
    }

    /// <summary>Inputs with labels that were found, and pictures of them.</summary>
    private static (TransferInput Content, TransferInput Style) Segment(Photo content, Photo style, Func<Photo, PhotoAnalysis> analyse, string stem)
    {
        SegmentedPair pair = Segmenter.Decide(analyse(content), analyse(style));
        foreach (string warning in pair.Warnings) Console.Error.WriteLine($"{Path.GetFileName(stem)}: {warning}");
        using (Photo overlay = MaskWriter.Overlay(pair.Content, content, 512)) PhotoWriter.Write(overlay, stem + "-content.jpg");
        using (Photo overlay = MaskWriter.Overlay(pair.Style, style, 512)) PhotoWriter.Write(overlay, stem + "-style.jpg");
        return (new TransferInput(content, pair.Content, pair.Names), new TransferInput(style, pair.Style, pair.Names));
    }
}
