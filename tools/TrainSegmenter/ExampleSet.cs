using System.Globalization;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;
using PhotoStyle.Segmentation.Clustering;
using PhotoStyle.Segmentation.Labels;
using PhotoStyle.Segmentation.Networks;

namespace PhotoStyle.TrainSegmenter;

/// <summary>Reads examples.</summary>
internal static class ExampleSet
{
    /// <summary>Rendered scenes with exact masks; those of the highest seed are held back.</summary>
    public static (List<Example> Training, List<Example> Held) Scenes(string folder)
    {
        var files = Directory.GetFiles(folder, "*.png").Select(path => (Path: path, Parts: Path.GetFileNameWithoutExtension(path).Split('-')))
            .Where(file => file.Parts is [_, _, not "mask"] && File.Exists(MaskOf(folder, file.Parts)))
            .Select(file => (file.Path, file.Parts, Seed: int.Parse(file.Parts[1], CultureInfo.InvariantCulture)))
            .OrderBy(file => file.Path, StringComparer.Ordinal).ToArray();
        int highest = files.Max(file => file.Seed);
        Example Load((string Path, string[] Parts, int Seed) file)
        {
            using Photo photo = PhotoReader.Read(file.Path);
            LabelMap mask = MaskReader.Read(MaskOf(folder, file.Parts), photo.Width, photo.Height, notice: null);
            byte[] classes = [.. mask.Labels.Select(label => (byte)Index(SceneClass(label)))];
            return new Example(Path.GetFileNameWithoutExtension(file.Path), photo.ToFloatImage(Segmenter.Size), SoftMasks.OneHot(classes, photo.Height, photo.Width, AreaClassifier.Names.Count));
        }

        return ([.. files.Where(file => file.Seed < highest).Select(Load)], [.. files.Where(file => file.Seed == highest).Select(Load)]);
    }

    /// <summary>Photos, with what a network sees in them.</summary>
    public static IEnumerable<Example> Photos(string folder, SegmentationNetwork teacher)
    {
        foreach (string path in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            using Photo photo = PhotoReader.Read(path);
            ClassAnalysis analysis = teacher.Analyse(photo);
            FloatImage probabilities = Resampling.Bilinear(analysis.Probabilities, analysis.Image.Height, analysis.Image.Width);
            var truth = new FloatImage(AreaClassifier.Names.Count, analysis.Image.Height, analysis.Image.Width);
            for (int k = 0; k < analysis.Names.Count; k++)
            {
                Span<float> target = truth.Plane(Index(PhotoClass(analysis.Names[k])));
                ReadOnlySpan<float> source = probabilities.Plane(k);
                for (int i = 0; i < target.Length; i++) target[i] += source[i];
            }

            yield return new Example(Path.GetFileNameWithoutExtension(path), analysis.Image, truth);
        }
    }

    private static string MaskOf(string folder, string[] parts) => Path.Combine(folder, $"{parts[0]}-{parts[1]}-mask.png");

    private static int Index(string name) => AreaClassifier.Names.ToList().IndexOf(name);

    /// <summary>The renderer's classes by their mask colours, see samples/README.md.</summary>
    private static string SceneClass(byte label) => label switch
    {
        0 => "sky",
        1 => "vegetation",
        4 => "building",
        5 => "ground",
        6 => "mountain",
        7 => "water",
        _ => "other",
    };

    /// <summary>The renderer paints meadows as vegetation, so they are that in photos too.</summary>
    private static string PhotoClass(string label) => label is "grass" or "field" ? "vegetation"
        : ConceptTable.Of(label).Name is var concept && AreaClassifier.Names.Contains(concept) ? concept
        : label is "window" or "wall" ? "building"
        : "other";
}
