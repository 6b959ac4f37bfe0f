using System.Globalization;
using PhotoStyle.Features;
using PhotoStyle.Imaging;
using PhotoStyle.Losses;
using PhotoStyle.Models;

namespace PhotoStyle.Bench.Measurements;

/// <summary>
/// The scale by which each encoder's style loss is divided, so that a style weight means the same with each: in proportion to its loss, without any scale, between
/// photos that have nothing to do with each other, the mean over all ordered pairs of some photos of one folder.
/// </summary>
internal static class StyleCalibration
{
    private const int LongSide = 384, PhotoCount = 6;

    public static void Print(string folder)
    {
        FloatImage[] photos = [.. Directory.GetFiles(folder, "*.png").Order(StringComparer.Ordinal).Take(PhotoCount).Select(Read)];
        string[] names = [EmbeddedEncoder.Name, .. ModelManifest.Models.Where(m => m.Kind == ModelKind.Encoder && File.Exists(ModelFolder.PathOf(m))).Select(m => m.Name)];
        double? unit = null;
        Console.WriteLine("| encoder | loss without scale | scale | today's |\n|---|---|---|---|");
        foreach (string name in names)
        {
            using IFeatureEncoder encoder = EncoderCatalog.Open(name);
            double loss = photos.SelectMany(style => photos.Where(content => content != style).Select(content => Loss(content, style, encoder))).Average();
            unit ??= encoder.StyleScale / loss;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {loss:G4} | {loss * unit.Value:F1} | {encoder.StyleScale:F1} |"));
        }
    }

    private static double Loss(FloatImage content, FloatImage style, IFeatureEncoder encoder)
    {
        FloatImage Whole(FloatImage image)
        {
            var mask = new FloatImage(1, image.Height, image.Width);
            mask.Data.AsSpan().Fill(1);
            return mask;
        }
        using var term = new GramStyleTerm(encoder, style, Whole(style), Whole(content));
        return encoder.StyleScale * new FeatureLoss(encoder, [(term, 1)]).Evaluate(content, new FloatImage(3, content.Height, content.Width))[0];
    }

    private static FloatImage Read(string path)
    {
        using Photo photo = PhotoReader.Read(path);
        return photo.ToFloatImage(LongSide);
    }
}
