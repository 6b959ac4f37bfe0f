using PhotoStyle.Imaging;
using PhotoStyle.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Engine.Tests.Losses;

/// <summary>What a GPU computes is computed on the processor here, by the same operations.</summary>
public sealed class DeviceRowsTests
{
    private const int Height = 8, Width = 10, Channels = 5;

    public static TheoryData<string> Kinds => [.. ClassMasks.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gram_matrices_and_products_are_those_of_the_processor(string kind)
    {
        (FloatImage masks, _) = ClassMasks.Make(kind, (Height, Width), (Height, Width));
        using var rows = new MaskedRows(masks);
        using DeviceRows onDevice = Of(masks, rows);
        using DisposeScope scope = NewDisposeScope();
        Tensor features = Values(seed: 1), expected = Values(seed: 2), added = expected.clone();

        Tensor[] grams = onDevice.Grams(features), expectedGrams = rows.Grams(features);

        for (int k = 0; k < grams.Length; k++) Assert.True(grams[k].allclose(expectedGrams[k], 0, 1e-12));
        Tensor?[] matrices = [.. grams.Select((gram, k) => k == 0 && grams.Length > 1 ? null : gram)];
        rows.AddProducts(features, matrices, expected);
        onDevice.AddProducts(features, matrices, added);
        Assert.True(added.allclose(expected, 0, 1e-10));
    }

    private static DeviceRows Of(FloatImage masks, MaskedRows rows)
    {
        float[][] planes = [.. Enumerable.Range(0, masks.Channels).Select(k => masks.Plane(k).ToArray())];
        var (pixels, weights) = (new List<int>(), new List<float>());
        foreach ((ClassRows own, float[] mask) in rows.Classes.Zip(planes).Where(pair => pair.First.Count > 0))
        {
            int[] members = [.. Enumerable.Range(0, mask.Length).Where(p => mask[p] > 0)];
            Assert.Equal((own.Start, own.Count), (pixels.Count, members.Length));
            pixels.AddRange(members);
            weights.AddRange(members.Select(p => mask[p]));
        }
        return new DeviceRows(rows.Classes, [.. pixels], [.. weights], CPU);
    }

    private static Tensor Values(int seed) => tensor(FiniteDifference.RandomDirection(Channels * Height * Width, seed)).reshape(1, Channels, Height, Width);
}
