using PhotoStyle.Segmentation.Clustering;

namespace PhotoStyle.Engine.Tests.Segmentation.Clustering;

public sealed class StyleOnlyAreasTests
{
    private const int Side = 10;

    private static readonly AreaGraph Graph = AreaGraph.Of(Superpixels.Restore(Side, Side, [.. Enumerable.Range(0, Side * Side)]));

    [Fact]
    public void What_the_content_has_nothing_like_is_left_out()
    {
        bool[] leftOut = Of(style: i => i < 5 ? 6 : 0, content: i => 0.1 * (i % 3));

        Assert.Equal([.. Enumerable.Range(0, Side * Side).Select(i => i < 5)], leftOut);
    }

    [Fact]
    public void Another_light_alone_leaves_nothing_out() => Assert.DoesNotContain(true, Of(style: i => 4 + i % 2, content: i => i % 2));

    [Fact]
    public void What_the_content_has_too_is_kept() => Assert.DoesNotContain(true, Of(style: i => i < 5 ? 6 : 0, content: i => i < 5 ? 6 : 0));

    [Fact]
    public void Where_much_of_a_cluster_is_unlike_the_content_it_is_kept() => Assert.DoesNotContain(true, Of(style: i => i < 20 ? 8 : 0, content: _ => 0));

    /// <summary>One cluster in both photos, one area a pixel.</summary>
    private static bool[] Of(Func<int, double> style, Func<int, double> content)
    {
        double[][] Rows(Func<int, double> value) => [.. Enumerable.Range(0, Side * Side).Select(i => new[] { value(i) })];
        var labels = new int[Side * Side];
        return StyleOnlyAreas.Of(Rows(content), labels, Graph, Rows(style), labels, Graph, 1);
    }
}
