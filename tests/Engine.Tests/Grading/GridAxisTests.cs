using CsCheck;
using PhotoStyle.Grading;

namespace PhotoStyle.Engine.Tests.Grading;

public sealed class GridAxisTests
{
    [Fact]
    public void Any_position_lies_between_two_cells_that_exist() => Gen.Select(Gen.Float, Gen.Int[1, 70]).Sample((position, cells) =>
    {
        if (float.IsNaN(position)) return;
        int lower = GridAxis.Locate(position, cells, out float fraction);

        Assert.InRange(lower, 0, Math.Max(cells - 2, 0));
        Assert.InRange(fraction, 0, cells == 1 ? 0 : 1);
    });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.125f, 0)]
    [InlineData(0.25f, 0.5f)]
    [InlineData(0.375f, 1)]
    [InlineData(0.5f, 1.5f)]
    [InlineData(0.875f, 3)]
    [InlineData(1, 3)]
    public void Centres_of_cells_divide_the_axis_evenly(float position, float expected) =>
        Assert.Equal(expected, GridAxis.Locate(position, 4, out float fraction) + fraction, 1e-6f);
}
