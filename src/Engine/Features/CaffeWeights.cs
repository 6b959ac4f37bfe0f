using PhotoStyle.Serialization;

namespace PhotoStyle.Features;

/// <summary>The original VGG-19's weights, trained in Caffe on colours in the order blue, green, red, 0 to 255, less the mean of the training pictures.</summary>
internal static class CaffeWeights
{
    private static readonly float[] Mean = [103.939f, 116.779f, 123.68f];

    /// <summary>Adds that preprocessing as the affine map of RGB in [0, 1] that <see cref="ConvolutionalEncoder"/> begins with.</summary>
    public static Dictionary<string, SafeTensor> WithPreprocessing(IReadOnlyDictionary<string, SafeTensor> weights) => new(weights)
    {
        ["preprocess.weight"] = new([3, 3, 1, 1], [0, 0, 255, 0, 255, 0, 255, 0, 0]),
        ["preprocess.bias"] = new([3], [.. Mean.Select(m => -m)]),
    };
}
