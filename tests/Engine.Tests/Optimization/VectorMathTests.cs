using PhotoStyle.Optimization;

namespace PhotoStyle.Engine.Tests.Optimization;

public sealed class VectorMathTests
{
    [Fact]
    public void Sums_and_combinations_are_right_at_every_length()
    {
        for (var count = 0; count < 100; count++)
        {
            var a = TestFunctions.RandomPoint(count, 1, seed: count);
            var b = TestFunctions.RandomPoint(count, 1, seed: -1 - count);
            Assert.Equal(a.Zip(b, (p, q) => p * q).Sum(), VectorMath.Dot(a, b), 1e-14);
            Assert.Equal(Math.Sqrt(a.Sum(p => p * p)), VectorMath.Norm(a), 1e-14);
            var result = new double[count];
            VectorMath.AddScaled(a, 0.3, b, result);
            Assert.Equal(a.Zip(b, (p, q) => Math.FusedMultiplyAdd(0.3, q, p)), result);
            VectorMath.AddScaled(a, 0.3, b, b);
            Assert.Equal(result, b);
            VectorMath.Scale(b, -2);
            Assert.Equal(result.Select(value => -2 * value), b);
        }
    }

    [Fact]
    public void Lengths_must_agree()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => VectorMath.Dot([1, 2], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => VectorMath.AddScaled([1, 2], 1, [1, 2], new double[1]));
    }
}
