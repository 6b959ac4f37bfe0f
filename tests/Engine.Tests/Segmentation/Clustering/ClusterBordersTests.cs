using PhotoStyle.Segmentation.Clustering;

namespace PhotoStyle.Engine.Tests.Segmentation.Clustering;

public sealed class ClusterBordersTests
{
    private const int Side = 12;

    private static readonly AreaGraph Graph = AreaGraph.Of(Superpixels.Restore(Side, Side, [.. Enumerable.Range(0, Side * Side)]));

    [Fact]
    public void A_border_that_is_two_areas_off_moves_to_the_edge()
    {
        int[] moved = Move(labels: i => i / Side < 4 ? 0 : 1, features: i => i / Side < 6 ? 0 : 5);

        Assert.Equal([.. Enumerable.Range(0, Side * Side).Select(i => i / Side < 6 ? 0 : 1)], moved);
    }

    [Fact]
    public void Areas_away_from_borders_keep_their_cluster_whatever_they_look_like()
    {
        int odd = 9 * Side + 5;
        int[] moved = Move(labels: i => i / Side < 4 ? 0 : 1, features: i => i == odd || i / Side < 4 ? 0 : 5);

        Assert.Equal(1, moved[odd]);
    }

    [Fact]
    public void A_cluster_keeps_half_of_its_area()
    {
        // Of the two rows of the first cluster none looks like it on the average but one area.
        int[] moved = Move(labels: i => i / Side < 2 ? 0 : 1, features: i => i == 0 ? 50 : 0);

        Assert.InRange(moved.Count(label => label == 0), Side, 2 * Side - 1);
    }

    private static int[] Move(Func<int, int> labels, Func<int, double> features) =>
        ClusterBorders.Of(
            [.. Enumerable.Range(0, Side * Side).Select(labels)], 2, [.. Enumerable.Range(0, Side * Side).Select(i => new[] { features(i) })], Graph, new ClusterOptions());
}
