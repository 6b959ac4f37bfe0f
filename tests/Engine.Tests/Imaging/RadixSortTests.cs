using CsCheck;
using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Imaging;

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

    [Fact]
    public void The_order_is_that_of_the_numbers_and_of_their_places_where_they_are_equal() =>
        Gen.Float.Where(value => !float.IsNaN(value) && value != 0).Select(Gen.Bool, (value, same) => same ? MathF.Sign(value) : value).Array[0, 300].Sample(
            values => Assert.Equal(Enumerable.Range(0, values.Length).OrderBy(i => values[i]), RadixSort.Order(values)), iter: 200, threads: 1);

    [Fact]
    public void Pairs_come_in_the_order_of_their_keys_and_keep_what_belongs_to_them() =>
        Gen.Int[0, (1 << RadixSort.KeyBits) - 1].Array[0, 300].Sample(keys =>
        {
            ulong[] pairs = [.. keys.Select((key, i) => ((ulong)key << 32) | (uint)i)];
            RadixSort.AscendingByKey(pairs, new ulong[pairs.Length]);
            Assert.Equal(Enumerable.Range(0, keys.Length).OrderBy(i => keys[i]), pairs.Select(pair => (int)(uint)pair));
        }, iter: 200, threads: 1);
}
