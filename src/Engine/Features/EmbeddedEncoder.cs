namespace PhotoStyle.Features;

/// <summary>The encoder that needs no file.</summary>
public static class EmbeddedEncoder
{
    /// <summary>Its name for users and in results.</summary>
    public const string Name = "embedded";

    // Its relative distances are those of VGG-19, which are larger than the PCA-distilled one's: on pairs of photos, about this many times after solving.
    private const double Scale = 16;

    /// <summary>Makes the encoder.</summary>
    /// <param name="layers">Chooses levels out of the activations that there are; all if null.</param>
    public static IFeatureEncoder Create(Func<IReadOnlyList<string>, IReadOnlyCollection<string>?>? layers = null) =>
        new CompactEncoder(Name, CompactEncoder.EmbeddedWeights(), layers?.Invoke(CompactEncoder.LayerNames)) { StyleScale = Scale };
}
