using PhotoStyle.Imaging;
using PhotoStyle.Scoring;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Engine.Tests.Scoring;

/// <summary>The figures see what people see: the published results have the style's colours and the content's structure.</summary>
public sealed class PublishedResultsTests
{
    private static readonly float[][] _palette = [[0, 0, 1], [0, 1, 0], [0, 0, 0], [1, 1, 1], [1, 0, 0], [1, 1, 0], [0.5f, 0.5f, 0.5f], [0, 1, 1], [1, 0, 1]];

    [Theory]
    [InlineData(14)]
    [InlineData(26)]
    [InlineData(58)]
    public void Published_results_are_near_the_style_in_colour_and_near_the_content_in_structure(int pair)
    {
        FloatImage content = Load(pair, "content"), style = Load(pair, "style"), result = Load(pair, "authors-final");
        byte[] labels = Labels(Load(pair, "content-mask")), styleLabels = Labels(Load(pair, "style-mask"));
        LabelMatch match = LabelMatching.Match(labels, content, styleLabels, style, OrphanPolicy.Remap, label => $"{label}");
        byte[] classes = match.ContentClasses(labels), styleClasses = match.StyleClasses(styleLabels);

        double before = SlicedWasserstein.Of(content, classes, style, styleClasses, match.Classes.Count);
        Assert.InRange(SlicedWasserstein.Of(result, classes, style, styleClasses, match.Classes.Count), 0.002, before / 3);

        double structure = StructureCorrelation.Of(result, content);
        Assert.InRange(structure, 0.7, 0.97);
        FloatImage upsideDown = new(3, content.Height, content.Width, [.. Enumerable.Range(0, 3).SelectMany(c => content.Plane(c).ToArray().Reverse())]);
        Assert.InRange(StructureCorrelation.Of(result, upsideDown), -1, structure - 0.3);
    }

    private static byte[] Labels(FloatImage mask) =>
    [
        .. Enumerable.Range(0, mask.PixelCount).Select(i => (byte)Enumerable.Range(0, _palette.Length)
            .MinBy(label => Enumerable.Range(0, 3).Sum(c => Math.Pow(mask.Plane(c)[i] - _palette[label][c], 2)))),
    ];

    private static FloatImage Load(int pair, string name)
    {
        using Photo photo = PhotoReader.Read(ReferenceData.Require($"pairs/{pair}/{name}.png"));
        return photo.ToFloatImage(512);
    }
}
