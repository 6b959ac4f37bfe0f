using System.Globalization;
using PhotoStyle.Imaging;
using PhotoStyle.Scoring;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Bench.Measurements;

/// <summary>
/// Classes found in pairs of rendered scenes of different places, against their exact masks. The folder holds <c>LAYOUT-SEED-LOOK.png</c> and
/// <c>LAYOUT-SEED-mask.png</c>, as tools/SceneRenderer draws them. Every third pair is taken; scenes in fog, which hides what the masks name, are summed up apart.
/// </summary>
internal static class SceneTable
{
    private const int Every = 3;

    public static void Print(string folder, string? networkName)
    {
        using PhotoSegmentation segmentation = PhotoSegmentation.Open(networkName is null ? SegmentationMode.Cluster : SegmentationMode.Onnx, networkName ?? "");
        Scene[] scenes = [.. Directory.GetFiles(folder, "*.png").Order(StringComparer.Ordinal).Select(path => Load(path, segmentation)).Where(scene => scene is not null).Select(scene => scene!)];
        var rows = new SortedDictionary<string, List<MaskAgreement>>(StringComparer.Ordinal);
        int index = 0;
        foreach (Scene content in scenes)
        {
            foreach (Scene style in scenes.Where(scene => scene.Place != content.Place))
            {
                if (index++ % Every != 0) continue;
                SegmentedPair pair = Segmenter.Decide(content.Analysis, style.Analysis);
                MaskAgreement agreement = MaskAgreement.Of((content.Truth, pair.Content.Labels), (style.Truth, networkName is null ? MaskAgreement.UsedOfStyle(pair) : pair.Style.Labels));
                string kind = content.Look == "fog" || style.Look == "fog" ? "with fog" : $"{content.Layout} in the look of a {style.Layout}";
                Add(kind, agreement);
                if (kind != "with fog") Add("~ all without fog", agreement);
            }
        }

        Console.WriteLine($"{scenes.Length} pictures, {index / Every} pairs, {segmentation.Detail}\n");
        Console.WriteLine("| pairs | number | mean IoU, true classes joined | least | pairs from 0.80 | mean IoU, one to one | classes |\n|---|---|---|---|---|---|---|");
        foreach ((string kind, List<MaskAgreement> list) in rows)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {kind.TrimStart('~', ' ')} | {list.Count} | {list.Average(a => a.Joined):F3} | {list.Min(a => a.Joined):F3} | {list.Count(a => a.Joined >= 0.8)} | {list.Average(a => a.OneToOne):F3} | {list.Average(a => a.Classes):F1} |"));
        }

        void Add(string kind, MaskAgreement agreement)
        {
            if (!rows.TryGetValue(kind, out List<MaskAgreement>? list)) rows[kind] = list = [];
            list.Add(agreement);
        }
    }

    private static Scene? Load(string path, PhotoSegmentation segmentation)
    {
        if (Path.GetFileNameWithoutExtension(path).Split('-') is not [var layout, var seed, var look] || look == "mask") return null;
        using Photo photo = PhotoReader.Read(path);
        PhotoAnalysis analysis = segmentation.Analyse(photo);
        LabelMap mask = MaskReader.Read(Path.Combine(Path.GetDirectoryName(path)!, $"{layout}-{seed}-mask.png"), photo.Width, photo.Height, notice: null);
        return new Scene(layout, seed, look, analysis, mask.Resize(analysis.Image.Width, analysis.Image.Height).Labels);
    }

    private sealed record Scene(string Layout, string Seed, string Look, PhotoAnalysis Analysis, byte[] Truth)
    {
        public string Place => Layout + Seed;
    }
}
