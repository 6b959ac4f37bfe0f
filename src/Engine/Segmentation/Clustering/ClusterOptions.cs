namespace PhotoStyle.Segmentation.Clustering;

/// <summary>How areas are clustered; distances are those of <see cref="FeatureWeights"/>, squared.</summary>
internal sealed record ClusterOptions
{
    /// <summary>Clusters to begin with.</summary>
    public int Begin { get; init; } = 12;

    /// <summary>Rounds of assigning and centring.</summary>
    public int Iterations { get; init; } = 12;

    /// <summary>What a border all around an area costs where both sides look the same.</summary>
    public double Smoothness { get; init; } = 2;

    /// <summary>Squared distance of neighbours at which a border costs 1/e of that.</summary>
    public double Contrast { get; init; } = 2;

    /// <summary>How far a photo's part of a cluster has a centre of its own: 0 the shared one, 1 its own.</summary>
    public double Freedom { get; init; } = 0.6;

    /// <summary>Clusters with a smaller share of either photo are merged, so that there are no orphans.</summary>
    public double SmallestShare { get; init; } = 0.02;

    /// <summary>Clusters whose centres are nearer are merged.</summary>
    public double Alike { get; init; } = 6;

    /// <summary>The same where edges lie between the two in both photos: a road in a meadow.</summary>
    public double AlikeAcrossEdges { get; init; } = 4.5;

    /// <summary>The share of the bonds of the smaller of two clusters that reach to the other, from which no edge lies between them.</summary>
    public double Bonded { get; init; } = 0.02;

    /// <summary>Most clusters.</summary>
    public int Most { get; init; } = 8;

    /// <summary>Fewest clusters, as long as each has its share of both photos.</summary>
    public int Fewest { get; init; } = 2;
}
