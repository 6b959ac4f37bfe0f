using CsCheck;
using PhotoStyle.Scoring;

namespace PhotoStyle.Engine.Tests.Scoring;

public sealed class RadixSortTests
{
    [Fact]
    public void Any_numbers_come_out_in_order() =>
        Gen.Float.Where(value => !float.IsNaN(value)).Array[0, 300].Sample(values =>
        {
            float[] sorted = [.. values];
            RadixSort.Ascending(sorted);
            Assert.Equal(values.Order().ToArray(), sorted);
        }, iter: 200, threads: 1);
}
