using static TorchSharp.torch;

namespace PhotoStyle.Features;

/// <summary>Turns an image into feature maps whose Gram matrices describe its style. Differentiable with respect to the image.</summary>
public interface IFeatureEncoder : IDisposable
{
    /// <summary>What results name as the encoder they were made with; two encoders with the same name give the same features, up to rounding where they run on different devices.</summary>
    string Name { get; }

    /// <summary>Where it runs; images must be there, and features are.</summary>
    Device Device { get; }

    /// <summary>The outputs, shallowest first.</summary>
    IReadOnlyList<FeatureLevel> Levels { get; }

    /// <summary>
    /// How large relative Gram distances are with this encoder, compared with the PCA-distilled VGG-19: they are divided by it, so that one set of weights means
    /// the same with each encoder.
    /// </summary>
    double StyleScale { get; }

    /// <summary>Whether features are those of VGG-19 as trained in Caffe, in whose units the weights of Luan et al. 2017 are given.</summary>
    bool InCaffeUnits { get; }

    /// <summary>Pixels of the shortest side of a picture that it takes.</summary>
    int LeastSide { get; }

    /// <summary>Computes the feature maps of an image.</summary>
    /// <param name="image">1×3×H×W, RGB, sRGB-encoded, nominally in [0, 1]; channels-last memory is fastest.</param>
    /// <returns>For each of <see cref="Levels"/> a tensor 1×C×h×w in the current dispose scope.</returns>
    IReadOnlyList<Tensor> Encode(Tensor image);

    /// <summary>
    /// Computes what the features are linear maps of, pixel by pixel: f = L u with the <see cref="Lift"/> L of the level. Gram matrices of f are L (Σ u uᵀ) Lᵀ, so that
    /// what compares those need not map every pixel.
    /// </summary>
    /// <param name="image">As for <see cref="Encode"/>.</param>
    /// <returns>For each of <see cref="Levels"/> a tensor 1×C'×h×w in the current dispose scope; the features themselves where there is no lift.</returns>
    IReadOnlyList<Tensor> EncodeUnlifted(Tensor image) => Encode(image);

    /// <summary>The matrix L of a level, C×C', in the current dispose scope; null where <see cref="EncodeUnlifted"/> gives the features.</summary>
    /// <param name="level">Index among <see cref="Levels"/>.</param>
    Tensor? Lift(int level) => null;
}
