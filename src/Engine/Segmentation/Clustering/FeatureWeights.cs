namespace PhotoStyle.Segmentation.Clustering;

/// <summary>How much each kind of feature counts in the distance between two areas: the distance of a typical difference of that kind.</summary>
internal sealed record FeatureWeights
{
    /// <summary>One standard deviation of lightness over the photo.</summary>
    public double Lightness { get; init; } = 0.5;

    /// <summary>One standard deviation of chroma over the photo.</summary>
    public double Chroma { get; init; } = 0.6;

    /// <summary>One standard deviation of the logarithm of the gradient.</summary>
    public double Texture { get; init; } = 0.6;

    /// <summary>Half the distance between areas that surely are different things.</summary>
    public double Meaning { get; init; } = 3;

    /// <summary>One standard deviation of all feature maps of the encoder.</summary>
    public double Deep { get; init; } = 0.4;

    /// <summary>One standard deviation of the distance from the upper border.</summary>
    public double Height { get; init; } = 0.5;

    /// <summary>One standard deviation of the distance from the middle column.</summary>
    public double Side { get; init; } = 0.1;

    /// <summary>How much of a feature comes from the areas beside it, 0 to 1, in each of two rounds.</summary>
    public double Context { get; init; } = 0.4;
}
