using static TorchSharp.torch;

namespace PhotoStyle.Features;

/// <summary>The encoder that needs no file.</summary>
public static class EmbeddedEncoder
{
    /// <summary>Its name for users and in results.</summary>
    public const string Name = "embedded";

    // Chosen on pairs of photos, together with the weights of the other terms: see the sweep in docs/measurements.md.
    private const double Scale = 14.5;

    private static readonly Lazy<string> s_fingerprint = new(CompactEncoder.EmbeddedFingerprint);

    /// <summary>SHA-256 of its weights, 64 hexadecimal digits.</summary>
    public static string Fingerprint => s_fingerprint.Value;

    /// <summary>Makes the encoder.</summary>
    /// <param name="layers">Chooses levels out of the activations that there are; all if null.</param>
    /// <param name="device">Where it runs; the processor if null.</param>
    public static IFeatureEncoder Create(Func<IReadOnlyList<string>, IReadOnlyCollection<string>?>? layers = null, Device? device = null) =>
        new CompactEncoder(Name, CompactEncoder.EmbeddedWeights(), layers?.Invoke(CompactEncoder.LayerNames), device) { StyleScale = Scale };
}
