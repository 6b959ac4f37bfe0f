using PhotoStyle.Segmentation;
using PhotoStyle.Segmentation.Labels;

namespace PhotoStyle.Engine.Tests.Segmentation.Labels;

public sealed class ConceptTableTests
{
    /// <summary>One of each concept.</summary>
    private static readonly string[] Names = ["sky", "tree", "grass", "water", "mountain", "building", "road", "car", "person", "dog", "wall", "floor", "windowpane", "lamp", "bed", "book", "unheard-of"];

    [Theory]
    [InlineData("lake", "sea")]
    [InlineData("river", "water")]
    [InlineData("house", "skyscraper")]
    [InlineData("building", "house")]
    [InlineData("grass", "field")]
    [InlineData("earth", "field")]
    [InlineData("tree", "palm")]
    [InlineData("road", "sidewalk")]
    [InlineData("Sky", "sky")]
    public void Near_synonyms_are_one_concept(string one, string other)
    {
        Assert.Same(ConceptTable.Of(one), ConceptTable.Of(other));
        Assert.Equal(1, ConceptTable.Similarity(one, other));
    }

    [Theory]
    [InlineData("sky", "person")]
    [InlineData("water", "building")]
    [InlineData("tree", "car")]
    [InlineData("sky", "a thing that no table knows")]
    public void What_has_nothing_in_common_is_not_alike(string one, string other) => Assert.InRange(ConceptTable.Similarity(one, other), 0, ConceptTable.Sensible - 0.01);

    [Fact]
    public void Similarity_is_the_same_both_ways_and_one_only_within_a_concept()
    {
        foreach (string one in Names)
        {
            foreach (string other in Names)
            {
                double alike = ConceptTable.Similarity(one, other);
                Assert.Equal(alike, ConceptTable.Similarity(other, one));
                Assert.Equal(one == other, alike == 1);
            }
        }
    }

    [Fact]
    public void The_nearest_relative_of_an_orphan_is_a_sensible_one()
    {
        string Nearest(string orphan, params string[] others) => others.MaxBy(other => ConceptTable.Similarity(orphan, other))!;

        Assert.Equal("grass", Nearest("tree", "sky", "water", "grass", "building"));
        Assert.Equal("earth", Nearest("mountain", "sky", "water", "earth", "person"));
        Assert.Equal("road", Nearest("floor", "sky", "road", "tree"));
        Assert.Equal("wall", Nearest("house", "sky", "wall", "water"));
    }

    [Fact]
    public void Synonyms_in_one_name_are_understood() => Assert.Equal("building", ConceptTable.Of("edifice; building").Name);

    [Fact]
    public void Every_concept_has_a_colour_of_the_palette() =>
        Assert.All(Names, name => Assert.InRange(ConceptTable.Of(name).MaskLabel, 0, MaskPalette.Colours.Count - 1));
}
