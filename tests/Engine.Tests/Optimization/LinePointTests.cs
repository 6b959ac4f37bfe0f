using CsCheck;
using PhotoStyle.Optimization;

namespace PhotoStyle.Engine.Tests.Optimization;

public sealed class LinePointTests
{
    [Fact]
    public void The_minimum_of_a_cubic_is_found_from_a_point_above_it_and_any_other() =>
        Gen.Select(Gen.Double[-5, 5], Gen.Double[0.1, 5], Gen.Double[-3, 3], Gen.Double[0.5, 3.5], Gen.Double[0.1, 5]).Sample(
            (minimum, curvature, offset, first, gap) =>
            {
                // Minimum at the given place, maximum 4 to its left: the first point lies on the slope between them.
                LinePoint At(double step)
                {
                    var u = step - minimum;
                    return new LinePoint(step, curvature * (u * u * u / 3 + 2 * u * u) + offset, curvature * (u * u + 4 * u));
                }
                var (a, b) = (At(minimum - first), At(minimum - first + gap));
                Assert.Equal(minimum, LinePoint.CubicMinimum(a, b), 1e-6);
                Assert.Equal(minimum, LinePoint.CubicMinimum(b, a), 1e-6);
            });

    [Fact]
    public void A_cubic_that_only_falls_has_no_minimum() =>
        Assert.True(double.IsNaN(LinePoint.CubicMinimum(new LinePoint(0, 0, -1), new LinePoint(1, -0.5, -1))));
}
