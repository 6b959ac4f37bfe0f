using PhotoStyle.Optimization;

namespace PhotoStyle.Engine.Tests.Optimization;

public sealed class CompactVectorTests
{
    private const int Count = 2 * CompactVector.Chunk + 37;

    [Fact]
    public void A_value_is_off_by_at_most_half_a_step_of_its_chunk()
    {
        double[] a = TestFunctions.RandomPoint(Count, 1, seed: 1), b = TestFunctions.RandomPoint(Count, 1, seed: 2);
        // Each chunk has a scale of its own.
        for (int i = CompactVector.Chunk; i < 2 * CompactVector.Chunk; i++) (a[i], b[i]) = (a[i] * 1e-9, b[i] * 1e-9);
        CompactVector vector = Of(a, b);

        for (int chunk = 0; chunk < CompactVector.Chunks(Count); chunk++)
        {
            ReadOnlySpan<short> values = vector.Values(chunk);
            double largest = 0;
            for (int i = 0; i < values.Length; i++) largest = Math.Max(largest, Math.Abs(a[chunk * CompactVector.Chunk + i] - b[chunk * CompactVector.Chunk + i]));
            for (int i = 0; i < values.Length; i++)
            {
                int at = chunk * CompactVector.Chunk + i;
                Assert.Equal(a[at] - b[at], values[i] * vector.Scale(chunk), largest / 65_534 * 1.000001);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-310)]
    public void Nothing_or_next_to_it_is_zero(double value)
    {
        var a = new double[Count];
        Array.Fill(a, value);
        CompactVector vector = Of(a, new double[Count]);

        Assert.Equal(0, vector.Scale(0));
        Assert.All(vector.Values(1).ToArray(), v => Assert.Equal(0, v));
    }

    private static CompactVector Of(double[] a, double[] b)
    {
        var vector = new CompactVector(Count);
        for (int chunk = 0; chunk < CompactVector.Chunks(Count); chunk++) vector.SetDifference(chunk, a, b);
        return vector;
    }
}
