using PhotoStyle.Segmentation.Clustering;

namespace PhotoStyle.Engine.Tests.Segmentation.Clustering;

public sealed class JointClustersTests
{
    private const int Side = 12;

    private static readonly ClusterOptions Options = new();

    [Fact]
    public void Areas_of_two_kinds_become_two_clusters_that_both_photos_share()
    {
        JointClusters clusters = Cluster(Halves(0, 10), Halves(0, 10));

        Assert.Equal(2, clusters.Count);
        Assert.Equal(clusters.Labels[0], clusters.Labels[1]);
        Assert.NotEqual(clusters.Labels[0][0], clusters.Labels[0][^1]);
        Assert.All(Enumerable.Range(0, Side * Side), i => Assert.Equal(clusters.Labels[0][i < Side * Side / 2 ? 0 : ^1], clusters.Labels[0][i]));
    }

    [Fact]
    public void Parts_of_a_cluster_are_apart_by_what_the_freedom_leaves_of_the_distance_of_their_means()
    {
        const double Shift = 2;
        JointClusters same = Cluster(Halves(0, 20), Halves(0, 20)), shifted = Cluster(Halves(0, 20), Halves(Shift, 20 + Shift));

        // Each part moves towards its own mean, less where it is small: here both are half of their photos.
        double freedom = Options.Freedom * 0.5 / 0.55;
        Assert.All(Enumerable.Range(0, 2), k => Assert.Equal(0, same.PartsApart(k), 12));
        Assert.All(Enumerable.Range(0, 2), k => Assert.Equal(Math.Pow(freedom * Shift, 2), shifted.PartsApart(k), 9));
    }

    [Fact]
    public void What_only_one_photo_shows_joins_the_nearest_cluster_so_that_there_is_no_orphan()
    {
        // A quarter of the content lies near to one of two kinds, and the style has nothing like it.
        double[][] content = Rows(i => i < 36 ? 14 : i < 72 ? 0 : 10);

        JointClusters clusters = Cluster(content, Halves(0, 10));

        Assert.Equal(2, clusters.Count);
        Assert.Equal(clusters.Labels[0][^1], clusters.Labels[0][0]);
        Assert.NotEqual(clusters.Labels[0][^1], clusters.Labels[0][36]);
    }

    [Fact]
    public void What_is_too_small_in_one_photo_is_merged()
    {
        // Two of 144 areas are less than two hundredths.
        double[][] content = Rows(i => i < 72 ? 0 : 10), style = Rows(i => i < 2 ? 0 : 10);

        Assert.Equal(1, Cluster(content, style).Count);
    }

    [Theory]
    [InlineData(1.5, 2)]
    [InlineData(30, 8)]
    public void Alike_clusters_are_merged_and_never_more_than_eight_are_left(double step, int expected)
    {
        // Twelve rows of areas, each row of a kind of its own.
        double[][] rows = Rows(i => step * (i / Side) + (step < 2 && i / Side >= 6 ? 20 : 0));

        // Smoothness apart: a row is a thin thing.
        JointClusters clusters = Cluster(rows, rows, Options with { Smoothness = 0, Alike = step < 2 ? 60 : 6 });

        Assert.Equal(expected, clusters.Count);
    }

    [Fact]
    public void A_single_area_that_looks_a_little_otherwise_goes_with_those_around_it()
    {
        // On its own it is nearer to the other kind, by less than the border costs.
        double[][] content = Rows(i => i == 2 * Side + 5 ? 1.6 : i < 72 ? 0 : 3);

        JointClusters with = Cluster(content, Halves(0, 3), Options with { Contrast = 100 }), without = Cluster(content, Halves(0, 3), Options with { Smoothness = 0 });

        Assert.Equal(with.Labels[0][0], with.Labels[0][2 * Side + 5]);
        Assert.Equal(without.Labels[0][^1], without.Labels[0][2 * Side + 5]);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(0, 2)]
    public void Clusters_that_are_rather_alike_are_kept_apart_where_an_edge_lies_between_them(double edge, int expected)
    {
        // Near enough to be merged, and not so near that no edge could keep them apart.
        double near = Math.Sqrt((Options.Alike + Options.AlikeAcrossEdges) / 2);
        double[][] rows = Rows(i => i / Side < 4 ? 0 : i / Side < 8 ? near : 20);
        AreaBonds bonds = AreaBonds.Of(Rows(i => edge * (i / Side / 4)), Rows(_ => 0), Graph(Side, Side));

        JointClusters clusters = JointClusters.Of(rows, Graph(Side, Side), rows, Graph(Side, Side), Options, (bonds, bonds));

        Assert.Equal(expected, clusters.Count);
        Assert.Equal(expected == 3, clusters.Labels[0][0] != clusters.Labels[0][Side * Side / 2]);
    }

    [Fact]
    public void Both_photos_weigh_the_same_whatever_their_sizes()
    {
        double[][] large = [.. Enumerable.Range(0, 4 * Side * Side).Select(i => new[] { i < 2 * Side * Side ? 0.0 : 20 })];

        JointClusters clusters = JointClusters.Of(Halves(2, 22), Graph(Side, Side), large, Graph(2 * Side, 2 * Side), Options);

        double freedom = Options.Freedom * 0.5 / 0.55;
        Assert.Equal(2, clusters.Count);
        Assert.Equal(Math.Pow(freedom * 2, 2), clusters.PartsApart(0), 9);
    }

    private static JointClusters Cluster(double[][] content, double[][] style, ClusterOptions? options = null) =>
        JointClusters.Of(content, Graph(Side, Side), style, Graph(Side, Side), options ?? Options);

    /// <summary>One area a pixel.</summary>
    private static AreaGraph Graph(int width, int height) => AreaGraph.Of(Superpixels.Restore(width, height, [.. Enumerable.Range(0, width * height)]));

    private static double[][] Halves(double upper, double lower) => Rows(i => i < Side * Side / 2 ? upper : lower);

    private static double[][] Rows(Func<int, double> value) => [.. Enumerable.Range(0, Side * Side).Select(i => new[] { value(i) })];
}
