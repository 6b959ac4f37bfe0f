using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Engine.Tests.Segmentation.Labels;

public sealed class ClassDecisionTests
{
    private const int Width = 100, Height = 60;

    [Fact]
    public void Near_synonyms_of_both_photos_become_one_class()
    {
        SegmentedPair pair = Segmenter.Decide(Bands("sky", "lake", "house"), Bands("sky", "sea", "skyscraper"));

        Assert.Equal(["sky", "building", "water"], pair.Content.Present().Select(label => pair.Names[label]));
        Assert.Equal(pair.Content.Labels, pair.Style.Labels);
        Assert.Empty(pair.Warnings);
    }

    [Fact]
    public void The_sky_is_blue_in_each_mask() =>
        Assert.Equal("sky", Segmenter.Decide(Bands("tree", "sky"), Bands("wall", "sky")).Names[0]);

    [Fact]
    public void What_is_too_small_goes_to_what_is_next_probable_there()
    {
        // Half a percent of person before a wall, which is second there.
        ClassAnalysis content = Bands("sky", "wall", "person");
        Paint(content.Probabilities, [0.1f, 0.9f, 0], _ => true);
        Paint(content.Probabilities, [0.9f, 0.1f, 0], i => i / Width < 20);
        Paint(content.Probabilities, [0, 0.3f, 0.7f], i => i % Width < 5 && i / Width is > 30 and < 37);

        SegmentedPair pair = Segmenter.Decide(content, content);

        Assert.Equal(["sky", "wall"], pair.Content.Present().Select(label => pair.Names[label]));
        Assert.Equal("wall", pair.Names[pair.Content.Labels[33 * Width + 2]]);
    }

    [Fact]
    public void There_are_at_most_eight_classes()
    {
        string[] content = ["sky", "tree", "grass", "water", "mountain", "building"], style = ["road", "car", "person", "dog", "wall", "floor"];
        SegmentedPair pair = Segmenter.Decide(Bands(content), Bands(style));

        Assert.InRange(pair.Content.Present().Union(pair.Style.Present()).Count(), 2, Segmenter.MostClasses);
    }

    [Fact]
    public void A_class_with_no_relative_in_the_style_is_warned_of()
    {
        SegmentedPair pair = Segmenter.Decide(Bands("sky", "person", "tree"), Bands("sky", "grass"));

        Assert.StartsWith("The style shows nothing like person (33 % of the content)", Assert.Single(pair.Warnings).Replace("33%", "33 %", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void An_orphan_takes_the_look_of_its_relative_even_if_another_class_looks_like_it()
    {
        // The trees of the content are as blue as the style's sky.
        ClassAnalysis content = Bands("water", "tree"), style = Bands("sky", "grass", "water");
        SegmentedPair pair = Segmenter.Decide(content, style);
        using Photo from = Photo.FromFloatImage(Picture([0.3f, 0.3f, 0.3f], [0.2f, 0.3f, 0.9f])), to = Photo.FromFloatImage(Picture([0.2f, 0.3f, 0.9f], [0.3f, 0.6f, 0.2f], [0.3f, 0.3f, 0.3f]));

        MatchedPair matched = MatchedPair.Of(
            WorkingPhoto.Of(new TransferInput(from, pair.Content, pair.Names), Width), WorkingPhoto.Of(new TransferInput(to, pair.Style, pair.Names), Width), OrphanPolicy.Remap);

        LabelOutcome tree = Assert.Single(matched.Match.Outcomes, outcome => outcome.Name == "vegetation");
        Assert.Equal(LabelFate.Remapped, tree.Fate);
        Assert.Equal("ground", pair.Names[tree.Target!.Value]);
    }

    /// <summary>Horizontal bands of equal height, each surely of one class; the image is grey but for its own bands, so that borders have an edge to hold to.</summary>
    private static ClassAnalysis Bands(params string[] names)
    {
        var probabilities = new FloatImage(names.Length, Height, Width);
        for (int i = 0; i < probabilities.PixelCount; i++) probabilities.Plane(i / Width * names.Length / Height)[i] = 1;
        return new ClassAnalysis(Picture([.. names.Select((_, k) => new[] { 0.2f * (k % 4), 0.3f * (k % 3), 0.4f * (k % 2) })]), probabilities, names);
    }

    private static FloatImage Picture(params float[][] colours)
    {
        var image = new FloatImage(3, Height, Width);
        for (int i = 0; i < image.PixelCount; i++)
        {
            for (int c = 0; c < 3; c++) image.Plane(c)[i] = colours[i / Width * colours.Length / Height][c];
        }

        return image;
    }

    private static void Paint(FloatImage planes, float[] values, Func<int, bool> where)
    {
        for (int i = 0; i < planes.PixelCount; i++)
        {
            if (!where(i)) continue;
            for (int k = 0; k < values.Length; k++) planes.Plane(k)[i] = values[k];
        }
    }
}
