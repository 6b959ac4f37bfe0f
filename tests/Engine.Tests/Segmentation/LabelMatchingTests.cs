using CsCheck;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Engine.Tests.Segmentation;

public sealed class LabelMatchingTests
{
    private const int Side = 60;
    private const byte Sky = 3, Grass = 10, Water = 22, Rock = 17, Bush = 18;

    private static readonly float[] _blue = [0.5f, 0.7f, 0.95f];
    private static readonly float[] _green = [0.25f, 0.5f, 0.15f];
    private static readonly float[] _darkGreen = [0.2f, 0.4f, 0.12f];
    private static readonly float[] _grey = [0.5f, 0.48f, 0.46f];

    [Fact]
    public void Labels_of_both_photos_are_matched_with_their_own_kind()
    {
        LabelMatch match = Match([(Sky, 0, 20, _blue), (Grass, 20, 60, _green)], [(Grass, 30, 60, _green), (Sky, 0, 30, _blue)], OrphanPolicy.Fail);
        Assert.Equal([Grass, Sky], match.Classes.Select(matched => matched.StyleLabel!.Value));
        Assert.All(match.Outcomes, outcome => Assert.Equal(LabelFate.Matched, outcome.Fate));
        Assert.Equal(40.0 / 60, match.Classes[0].ContentShare, 1e-12);
        Assert.Equal(0.5, match.Classes[0].StyleShare, 1e-12);
    }

    [Fact]
    public void An_orphan_is_remapped_to_what_looks_like_it_and_not_to_what_lies_beside_it()
    {
        LabelMatch match = Match(
            [(Sky, 0, 40, _blue), (Bush, 40, 60, _darkGreen)], [(Sky, 0, 20, _blue), (Rock, 20, 40, _grey), (Grass, 40, 60, _green)], OrphanPolicy.Remap);
        LabelOutcome bush = Assert.Single(match.Outcomes, outcome => outcome.Label == Bush);
        Assert.Equal((LabelFate.Remapped, (byte?)Grass), (bush.Fate, bush.Target));
        Assert.Equal(LabelFate.Borrowed, Assert.Single(match.Outcomes, outcome => outcome.Label == Grass).Fate);
        Assert.Equal(LabelFate.Dropped, Assert.Single(match.Outcomes, outcome => outcome.Label == Rock).Fate);
        Assert.Contains(match.Classes, matched => matched.StyleLabel == Grass && matched.ContentLabels.SequenceEqual([Bush]));
    }

    [Fact]
    public void Remapping_sees_through_a_photo_that_is_darker_as_a_whole()
    {
        float[] Dark(float[] colour) => [.. colour.Select(value => value * 0.4f)];
        LabelMatch match = Match(
            [(Water, 0, 30, _blue), (Bush, 30, 60, _darkGreen)], [(Sky, 0, 30, Dark(_blue)), (Grass, 30, 60, Dark(_green))], OrphanPolicy.Remap);
        Assert.Equal(Sky, Assert.Single(match.Outcomes, outcome => outcome.Label == Water).Target);
        Assert.Equal(Grass, Assert.Single(match.Outcomes, outcome => outcome.Label == Bush).Target);
    }

    [Fact]
    public void An_orphan_merges_across_its_longest_border_through_other_orphans()
    {
        // From top to bottom: sky, rock, bush, each a full row of border apart; only sky has a style.
        LabelMatch match = Match([(Sky, 0, 20, _blue), (Rock, 20, 40, _grey), (Bush, 40, 60, _green)], [(Sky, 0, 60, _blue)], OrphanPolicy.Merge);
        MatchedClass only = Assert.Single(match.Classes);
        Assert.Equal([Sky, Rock, Bush], only.ContentLabels);
        Assert.Equal(1, only.ContentShare, 1e-12);
        Assert.All(match.Outcomes.Where(outcome => outcome.Label != Sky), outcome => Assert.Equal((LabelFate.Merged, (byte?)Sky), (outcome.Fate, outcome.Target)));
    }

    [Fact]
    public void Merging_prefers_the_longer_border()
    {
        (byte[] labels, FloatImage photo) = Paint([(Sky, 0, 20, _blue), (Grass, 20, 60, _green)]);
        for (int y = 18; y < 30; y++)
        {
            for (int x = 10; x < 20; x++)
                labels[y * Side + x] = Rock;
        }
        (byte[] styleLabels, FloatImage style) = Paint([(Sky, 0, 20, _blue), (Grass, 20, 60, _green)]);
        LabelMatch match = LabelMatching.Match(labels, photo, styleLabels, style, OrphanPolicy.Merge, Name);
        Assert.Equal(Grass, Assert.Single(match.Outcomes, outcome => outcome.Label == Rock).Target);
    }

    [Fact]
    public void An_orphan_that_is_kept_gets_a_class_without_style()
    {
        LabelMatch match = Match([(Sky, 0, 40, _blue), (Rock, 40, 60, _grey)], [(Sky, 0, 60, _blue)], OrphanPolicy.Keep);
        MatchedClass kept = Assert.Single(match.Classes, matched => matched.StyleLabel is null);
        Assert.Equal([Rock], kept.ContentLabels);
        Assert.Equal(0, kept.StyleShare);
        Assert.Equal(LabelFate.Kept, Assert.Single(match.Outcomes, outcome => outcome.Label == Rock).Fate);
    }

    [Fact]
    public void Failing_names_the_orphans()
    {
        var error = Assert.Throws<PhotoStyleException>(() =>
            Match([(Sky, 0, 30, _blue), (Rock, 30, 45, _grey), (Bush, 45, 60, _green)], [(Sky, 0, 60, _blue)], OrphanPolicy.Fail));
        Assert.Equal(ErrorCode.OrphanLabel, error.Code);
        Assert.Contains("label 17 (25.0 %), label 18 (25.0 %)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Merging_fails_when_the_style_has_none_of_the_labels()
    {
        var error = Assert.Throws<PhotoStyleException>(() => Match([(Rock, 0, 60, _grey)], [(Sky, 0, 60, _blue)], OrphanPolicy.Merge));
        Assert.Equal(ErrorCode.OrphanLabel, error.Code);
    }

    [Fact]
    public void A_line_along_a_border_is_absorbed_and_asks_for_no_style()
    {
        LabelMatch match = Match([(Sky, 0, 29, _blue), (Rock, 29, 31, _grey), (Grass, 31, 60, _green)], [(Sky, 0, 30, _blue), (Grass, 30, 60, _green)], OrphanPolicy.Fail);
        Assert.Equal(LabelFate.Absorbed, Assert.Single(match.Outcomes, outcome => outcome.Label == Rock).Fate);
        Assert.Equal(2, match.Classes.Count);
    }

    [Fact]
    public void Whatever_the_maps_are_every_pixel_of_the_content_gets_a_class() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12], Gen.Int[0, 1 << 20], Gen.Enum<OrphanPolicy>()).Sample((contentCount, styleCount, seed, policy) =>
        {
            FloatImage content = RandomImage.Uniform(3, 20, 30, seed), style = RandomImage.Uniform(3, 25, 16, seed + 1);
            byte[] contentLabels = RandomImage.Stripes(20, 30, contentCount, seed);
            byte[] styleLabels = [.. RandomImage.Stripes(25, 16, styleCount, seed).Select(label => (byte)(label + seed % 3))];
            LabelMatch match;
            try
            {
                match = LabelMatching.Match(contentLabels, content, styleLabels, style, policy, Name);
            }
            catch (PhotoStyleException error) when (error.Code == ErrorCode.OrphanLabel && policy is OrphanPolicy.Fail or OrphanPolicy.Merge)
            {
                return;
            }

            byte[] classes = match.ContentClasses(contentLabels), styleClasses = match.StyleClasses(styleLabels);
            Assert.All(classes, index => Assert.InRange(index, 0, match.Classes.Count - 1));
            Assert.Equal(1, match.Classes.Sum(matched => matched.ContentShare), 1e-9);
            for (int k = 0; k < match.Classes.Count; k++)
            {
                Assert.Equal(match.Classes[k].ContentShare, classes.Count(index => index == k) / 600.0, 1e-9);
                Assert.Equal(match.Classes[k].StyleShare, styleClasses.Count(index => index == k) / 400.0, 1e-9);
                Assert.True(match.Classes[k].StyleLabel is not null || policy == OrphanPolicy.Keep);
            }
            Assert.Equal(contentLabels.Concat(styleLabels).Distinct().Order(), match.Outcomes.Select(outcome => outcome.Label));
        }, iter: 200, threads: 1);

    private static LabelMatch Match((byte Label, int Top, int Bottom, float[] Colour)[] content, (byte Label, int Top, int Bottom, float[] Colour)[] style, OrphanPolicy policy)
    {
        (byte[] contentLabels, FloatImage contentPhoto) = Paint(content);
        (byte[] styleLabels, FloatImage stylePhoto) = Paint(style);
        return LabelMatching.Match(contentLabels, contentPhoto, styleLabels, stylePhoto, policy, Name);
    }

    private static string Name(byte label) => $"label {label}";

    /// <summary>A square photo of horizontal bands, each of one colour with a little noise.</summary>
    private static (byte[] Labels, FloatImage Photo) Paint((byte Label, int Top, int Bottom, float[] Colour)[] bands)
    {
        var labels = new byte[Side * Side];
        FloatImage photo = RandomImage.Uniform(3, Side, Side, seed: 8, low: -0.02f, high: 0.02f);
        foreach ((byte label, int top, int bottom, float[] colour) in bands)
        {
            labels.AsSpan(top * Side, (bottom - top) * Side).Fill(label);
            for (int c = 0; c < 3; c++)
            {
                foreach (ref float value in photo.Plane(c)[(top * Side)..(bottom * Side)])
                    value += colour[c];
            }
        }
        return (labels, photo);
    }
}
