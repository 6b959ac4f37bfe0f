namespace PhotoStyle.Optimization;

/// <summary>
/// What the pixel solver minimises, and for how long. The defaults are the numbers of Luan et al. 2017 as published with their code; weights are in its units,
/// those of VGG-19's activations as trained in Caffe.
/// </summary>
public sealed record PixelOptions
{
    /// <summary>The style layers of Gatys et al. 2016.</summary>
    public static IReadOnlyList<string> DefaultStyleLayers { get; } = ["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"];

    /// <summary>Passes over the problem: 2 with a second one that begins with the result of the first and adds the photorealism term, or 1.</summary>
    public int Stages { get; init; } = 2;

    /// <summary>Evaluations of loss and gradient in each stage, at least 1.</summary>
    public int Iterations { get; init; } = 1000;

    /// <summary>How it goes downhill.</summary>
    public PixelMethod Method { get; init; } = PixelMethod.Lbfgs;

    /// <summary>Pairs of moves and gradient changes that L-BFGS remembers, 1 … 200. Each takes 12 bytes a pixel.</summary>
    public int History { get; init; } = 100;

    /// <summary>About how far Adam moves a colour at once, in [0, 1] colours.</summary>
    public double AdamRate { get; init; } = 0.01;

    /// <summary>The picture it begins with.</summary>
    public PixelStart Start { get; init; } = PixelStart.Noise;

    /// <summary>Γ: weight of the style term.</summary>
    public double StyleWeight { get; init; } = 100;

    /// <summary>Layers whose Gram matrices are compared; null for those of <see cref="DefaultStyleLayers"/> that the encoder has.</summary>
    public IReadOnlyList<string>? StyleLayers { get; init; }

    /// <summary>β: a weight for each of <see cref="StyleLayers"/>, or null for 1 each.</summary>
    public IReadOnlyList<double>? StyleLayerWeights { get; init; }

    /// <summary>α: weight of the content term.</summary>
    public double ContentWeight { get; init; } = 5;

    /// <summary>The layer whose features are compared with the content's; null for relu4_2 or what stands in for it.</summary>
    public string? ContentLayer { get; init; }

    /// <summary>λ: weight of the photorealism term in the second stage, over all pixels of [0, 1] colours.</summary>
    public double PhotorealismWeight { get; init; } = 1e4;

    /// <summary>τ: weight of the total variation, over all pixels of colours from 0 to 255.</summary>
    public double TotalVariationWeight { get; init; } = 1e-3;

    /// <summary>Whether the result is made locally affine in the content, which the full-size result needs.</summary>
    public bool Smooth { get; init; } = true;

    /// <summary>Radius of the joint bilateral filter over the affine fits, in pixels at working size, 0 … 64; the spatial deviation is a third of it.</summary>
    public int SmoothRadius { get; init; } = 15;

    /// <summary>Deviation of the joint bilateral filter over the content's colours, positive.</summary>
    public double SmoothRange { get; init; } = 0.01;

    /// <summary>What is kept of feature maps.</summary>
    public FeatureMemory Memory { get; init; } = FeatureMemory.Auto;
}
