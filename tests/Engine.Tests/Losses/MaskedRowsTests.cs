using PhotoStyle.Imaging;
using PhotoStyle.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Engine.Tests.Losses;

public sealed class MaskedRowsTests
{
    private const int Height = 7, Width = 9;

    // Less than a panel of columns, a whole one, and some with a rest.
    private static readonly int[] ChannelCounts = [3, 8, 21];

    public static TheoryData<string, int> KindsAndChannels => [.. ClassMasks.Kinds.SelectMany(kind => ChannelCounts, (kind, channels) => (kind, channels))];

    [Theory]
    [MemberData(nameof(KindsAndChannels))]
    public void Gram_matrices_agree_with_their_definition(string kind, int channels)
    {
        (FloatImage masks, _) = ClassMasks.Make(kind, (Height, Width), (Height, Width));
        using var rows = new MaskedRows(masks);
        using DisposeScope scope = NewDisposeScope();
        double[] features = FiniteDifference.RandomDirection(channels * Height * Width, seed: 1);

        Tensor[] grams = rows.Grams(Features(features, channels));

        for (int k = 0; k < masks.Channels; k++)
        {
            float[] mask = masks.Plane(k).ToArray();
            double area = mask.Sum(m => (double)m);
            Assert.Equal(area, rows.Classes[k].Area, 1e-4);
            bool counts = area > 3.5;
            Assert.Equal(counts ? (mask.Count(m => m == 1), mask.Count(m => m > 0)) : (0, 0), (rows.Classes[k].Whole, rows.Classes[k].Count));
            for (int i = 0; i < channels; i++)
            {
                for (int j = 0; j < channels; j++)
                {
                    double expected = counts ? Enumerable.Range(0, mask.Length).Sum(p => (double)mask[p] * mask[p] * features[i * mask.Length + p] * features[j * mask.Length + p]) : 0;
                    Assert.Equal(expected, grams[k][i, j].ToDouble(), 1e-12);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(KindsAndChannels))]
    public void Products_agree_with_their_definition_and_are_added(string kind, int channels)
    {
        (FloatImage masks, _) = ClassMasks.Make(kind, (Height, Width), (Height, Width));
        using var rows = new MaskedRows(masks);
        using DisposeScope scope = NewDisposeScope();
        double[] features = FiniteDifference.RandomDirection(channels * Height * Width, seed: 1), before = FiniteDifference.RandomDirection(channels * Height * Width, seed: 2);
        // The first class adds nothing.
        Tensor?[] matrices = [.. Enumerable.Range(0, masks.Channels).Select(k => k == 0 && masks.Channels > 1 ? null : Symmetric(channels, seed: 10 + k))];
        Tensor planar = Features(before, channels), interleaved = planar.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

        rows.AddProducts(Features(features, channels), matrices, planar);
        rows.AddProducts(Features(features, channels), matrices, interleaved);

        Assert.True(planar.allclose(interleaved, 0, 1e-12));
        for (int p = 0; p < Height * Width; p++)
        {
            for (int c = 0; c < channels; c++)
            {
                double expected = before[c * Height * Width + p];
                for (int k = 0; k < masks.Channels; k++)
                {
                    if (matrices[k] is not { } matrix || rows.Classes[k].Count == 0) continue;
                    double m = masks.Plane(k)[p];
                    for (int j = 0; j < channels; j++) expected += m * m * matrix[c, j].ToDouble() * features[j * Height * Width + p];
                }
                Assert.Equal(expected, planar[0, c, p / Width, p % Width].ToDouble(), 1e-12);
            }
        }
    }

    [Fact]
    public void Many_rows_in_float32_agree_with_a_product_of_matrices()
    {
        const int channels = 37, side = 150;
        (FloatImage masks, _) = ClassMasks.Make("soft borders", (side, side), (side, side));
        using var rows = new MaskedRows(masks);
        using DisposeScope scope = NewDisposeScope();
        manual_seed(1);
        Tensor features = rand(1, side, side, channels).permute(0, 3, 1, 2), gradient = zeros_like(features), expected = zeros_like(features);

        Tensor[] grams = rows.Grams(features);
        rows.AddProducts(features, grams, gradient);

        for (int k = 0; k < masks.Channels; k++)
        {
            Tensor mask = tensor(masks.Plane(k).ToArray()).reshape(1, 1, side, side), y = (features * mask).reshape(channels, -1), gram = y.mm(y.t());
            Assert.True(grams[k].allclose(gram, 1e-5, 1e-3));
            expected += mask * gram.mm(y).reshape(1, channels, side, side);
        }
        Assert.True(gradient.allclose(expected, 1e-5, 1e-2));
    }

    [Fact]
    public async Task The_same_features_give_the_same_bits_with_one_thread()
    {
        const int channels = 40, side = 120;
        (FloatImage masks, _) = ClassMasks.Make("soft borders", (side, side), (side, side));
        using var rows = new MaskedRows(masks);
        using Tensor values = rand(1, side, side, channels), features = values.permute(0, 3, 1, 2);
        float[] Gradient()
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor gradient = zeros_like(features);
            rows.AddProducts(features, rows.Grams(features), gradient);
            return gradient.contiguous().data<float>().ToArray();
        }

        float[] free = Gradient();
        // Parallel loops stay with the scheduler that they are started on, here one that runs one task at a time.
        float[] alone = await Task.Factory.StartNew(Gradient, CancellationToken.None, TaskCreationOptions.None, new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 1).ExclusiveScheduler);

        Assert.Equal(free, alone);
    }

    private static Tensor Features(double[] values, int channels) => tensor(values).reshape(1, channels, Height, Width);

    private static Tensor Symmetric(int size, int seed)
    {
        Tensor any = tensor(FiniteDifference.RandomDirection(size * size, seed)).reshape(size, size);
        return any + any.t();
    }
}
