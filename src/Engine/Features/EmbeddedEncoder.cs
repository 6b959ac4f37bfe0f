using PhotoStyle.Serialization;

namespace PhotoStyle.Features;

/// <summary>The encoder that needs no file: four levels of one convolution each, with fixed-seed orthogonal weights.</summary>
public static class EmbeddedEncoder
{
    /// <summary>Its name for users and in results.</summary>
    public const string Name = "embedded";

    // Wide first layers cost most, as they run at full working size; deep ones are nearly free.
    private static readonly int[][] Widths = [[16], [32], [64], [96]];

    // Measured on pairs of photos after solving with either encoder: random features see differences that trained ones overlook.
    private const double Scale = 4;

    /// <summary>Makes the encoder.</summary>
    /// <param name="seed">Chooses the weights; the same seed gives the same encoder on every machine.</param>
    /// <param name="layers">Chooses levels out of the activations that there are; all if null.</param>
    public static IFeatureEncoder Create(int seed, Func<IReadOnlyList<string>, IReadOnlyCollection<string>?>? layers = null)
    {
        Dictionary<string, SafeTensor> weights = OrthogonalWeights.Create(Widths, (ulong)seed);
        string name = FormattableString.Invariant($"{Name} (orthogonal, seed {seed})");
        return new ConvolutionalEncoder(name, weights, Padding.Zero, layers: layers?.Invoke(ConvolutionalEncoder.LayersOf(weights))) { StyleScale = Scale };
    }
}
