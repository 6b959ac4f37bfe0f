using PhotoStyle.Features;
using PhotoStyle.Imaging;
using static TorchSharp.torch;

namespace PhotoStyle.Engine.Tests.Losses;

/// <summary>
/// An encoder so simple that an oracle can follow, with features in float64, so that finite differences are sharp:
/// at stride 1 mixtures of the colours, at stride 2 mixtures of the averages of 2×2 pixels.
/// </summary>
internal sealed class MixingEncoder : IFeatureEncoder
{
    private readonly double[][] _mixtures;

    public MixingEncoder(int seed, int first = 4, int second = 5)
    {
        Levels = [new FeatureLevel("relu1_1", first, 1), new FeatureLevel("relu2_1", second, 2)];
        _mixtures = [FiniteDifference.RandomDirection(first * 3, seed), FiniteDifference.RandomDirection(second * 3, seed + 1)];
    }

    public string Name => "mixing";

    public Device Device => CPU;

    public IReadOnlyList<FeatureLevel> Levels { get; }

    public int LeastSide => 1;

    public double StyleScale { get; init; } = 1;

    public bool InCaffeUnits { get; init; }

    /// <summary>Whether the mixtures are lifts of the colours.</summary>
    public bool Lifts { get; init; }

    public IReadOnlyList<Tensor> Encode(Tensor image) => [.. Colours(image).Select((colours, level) => nn.functional.conv2d(colours, Matrix(level).reshape(Levels[level].Channels, 3, 1, 1)))];

    public IReadOnlyList<Tensor> EncodeUnlifted(Tensor image) => Lifts ? Colours(image) : Encode(image);

    public Tensor? Lift(int level) => Lifts ? Matrix(level) : null;

    /// <summary>The same features by plain loops: for each level C×pixels.</summary>
    public double[][,] EncodeNaively(FloatImage image) => [Mix(NaiveMasks.Average(image, 1), 0), Mix(NaiveMasks.Average(image, 2), 1)];

    public void Dispose()
    {
    }

    private static Tensor[] Colours(Tensor image)
    {
        Tensor full = image.to(ScalarType.Float64);
        return [full, nn.functional.avg_pool2d(full, 2)];
    }

    private Tensor Matrix(int level) => tensor(_mixtures[level]).reshape(Levels[level].Channels, 3);

    private double[,] Mix(double[][] colours, int level)
    {
        var features = new double[Levels[level].Channels, colours[0].Length];
        for (int c = 0; c < features.GetLength(0); c++)
        {
            for (int p = 0; p < features.GetLength(1); p++)
            {
                for (int i = 0; i < 3; i++) features[c, p] += _mixtures[level][c * 3 + i] * colours[i][p];
            }
        }
        return features;
    }
}
