using PhotoStyle.Segmentation.Clustering;

namespace PhotoStyle.Engine.Tests.Segmentation.Clustering;

public sealed class AreaDiffusionTests
{
    private const int Side = 12, Count = Side * Side;

    private static readonly AreaGraph Graph = AreaGraph.Of(Superpixels.Restore(Side, Side, [.. Enumerable.Range(0, Count)]));

    [Fact]
    public void Features_spread_up_to_an_edge_and_not_across_it()
    {
        // An edge in the middle; what is known of the upper half lies at its top, as of a sky that is haze further down.
        AreaBonds bonds = Bonds(row => row < 6 ? 0 : 3);
        double[][] known = [.. Enumerable.Range(0, Count).Select(i => new[] { i / Side < 2 ? 1.0 : 0 })];

        double[][] spread = AreaFeatures.Diffused([.. known.Select(row => (double[])[.. row, 7, 8])], bonds);

        double above = Enumerable.Range(0, Count / 2).Min(i => spread[i][0]), below = Enumerable.Range(Count / 2, Count / 2).Max(i => spread[i][0]);
        Assert.True(above > 0.2, $"{above}");
        Assert.True(below < 0.01, $"{below}");
        Assert.All(spread, row => Assert.Equal([7, 8], row[1..]));
    }

    [Fact]
    public void What_is_spread_solves_its_equations()
    {
        const double Keep = 0.045;
        AreaBonds bonds = Bonds(row => 0.3 * row);
        double[][] features = [.. Enumerable.Range(0, Count).Select(i => new[] { Math.Sin(i), Math.Cos(3 * i), i % 5, 1 })];

        double[][] spread = AreaDiffusion.Of(features, bonds);

        for (int i = 0; i < Count; i++)
        {
            for (int d = 0; d < 4; d++)
            {
                double pull = bonds.All[i].Sum(bond => bond.Value * (spread[i][d] - spread[bond.Key][d]));
                Assert.Equal(Keep * features[i][d], pull + Keep * spread[i][d], 9);
            }

            // A mean of ones is one.
            Assert.Equal(1, spread[i][3], 9);
        }
    }

    [Fact]
    public void Areas_that_look_the_same_are_bound_to_each_other_wherever_they_lie()
    {
        // A band of another kind lies between: through a gap one sees the same sky.
        AreaBonds bonds = Bonds(row => row is >= 4 and < 8 ? 3 : 0);
        int[] bands = [.. Enumerable.Range(0, Count).Select(i => i / Side / 4)];

        Assert.True(bonds.Between(bands, 0, 2) > 0.05);
        Assert.True(bonds.Between(bands, 0, 1) < 0.001);
        Assert.Equal(bonds.Between(bands, 0, 2), bonds.Between(bands, 2, 0), 12);
    }

    /// <summary>One area a pixel; the look is a number by row, and so is the place, but near enough that it hardly counts.</summary>
    private static AreaBonds Bonds(Func<int, double> look) => AreaBonds.Of(
        [.. Enumerable.Range(0, Count).Select(i => new[] { look(i / Side) })], [.. Enumerable.Range(0, Count).Select(i => new[] { 0.01 * (i / Side) * (i % Side % 3) })], Graph);
}
