using PhotoStyle.Imaging;
using PhotoStyle.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Engine.Tests.Losses;

public sealed class MaskedRowsTests
{
    private const int Height = 7, Width = 9, Channels = 3;

    public static TheoryData<string> Kinds => [.. ClassMasks.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Scattering_is_the_adjoint_of_gathering(string kind)
    {
        (FloatImage masks, _) = ClassMasks.Make(kind, (Height, Width), (Height, Width));
        using var rows = new MaskedRows(masks, CPU);
        using DisposeScope scope = NewDisposeScope();
        Tensor features = tensor(FiniteDifference.RandomDirection(Channels * Height * Width, seed: 1)).reshape(1, Channels, Height, Width);

        Tensor gathered = rows.Gather(features);
        Tensor other = tensor(FiniteDifference.RandomDirection((int)gathered.numel(), seed: 2)).reshape(gathered.shape);
        Tensor scattered = rows.Scatter(other.clone(), Height, Width);

        Assert.Equal([1, Channels, Height, Width], scattered.shape);
        Assert.Equal((gathered * other).sum().ToDouble(), (features * scattered).sum().ToDouble(), 1e-10);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Rows_are_the_features_of_each_class_weighted_by_its_mask(string kind)
    {
        (FloatImage masks, _) = ClassMasks.Make(kind, (Height, Width), (Height, Width));
        using var rows = new MaskedRows(masks, CPU);
        using DisposeScope scope = NewDisposeScope();
        double[] features = FiniteDifference.RandomDirection(Channels * Height * Width, seed: 1);

        Tensor rowsByChannels = rows.Gather(tensor(features).reshape(1, Channels, Height, Width));
        double[] gathered = rowsByChannels.numel() == 0 ? [] : rowsByChannels.data<double>().ToArray();

        var expected = new List<double>();
        for (int k = 0; k < masks.Channels; k++)
        {
            float[] mask = masks.Plane(k).ToArray();
            double area = mask.Sum(m => (double)m);
            (long start, long count, double found) = rows.Classes[k];
            Assert.Equal(area, found, 1e-4);
            Assert.Equal(expected.Count / Channels, start);
            Assert.Equal(area > 3.5 ? mask.Count(m => m > 0) : 0, count);
            if (count == 0) continue;
            // Those that belong to the class wholly come first.
            foreach (int p in Enumerable.Range(0, mask.Length).Where(p => mask[p] > 0).OrderBy(p => mask[p] == 1 ? 0 : 1))
            {
                expected.AddRange(Enumerable.Range(0, Channels).Select(c => mask[p] * features[c * mask.Length + p]));
            }
        }
        Assert.Equal(expected.Count, gathered.Length);
        Assert.All(expected.Zip(gathered), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Rows_outlive_the_dispose_scope_they_were_made_in()
    {
        (FloatImage masks, _) = ClassMasks.Make("soft borders", (Height, Width), (Height, Width));
        MaskedRows rows;
        using (NewDisposeScope())
        {
            rows = new MaskedRows(masks, CPU);
        }

        using (rows)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor gathered = rows.Gather(ones(1, 2, Height, Width));
            Assert.Equal([1, 2, Height, Width], rows.Scatter(gathered, Height, Width).shape);
        }
    }
}
