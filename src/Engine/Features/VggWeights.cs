using System.Globalization;
using PhotoStyle.Serialization;

namespace PhotoStyle.Features;

/// <summary>
/// VGG-19's weights in the names and the preprocessing of <see cref="ConvolutionalEncoder"/>. There are two sets of them: Caffe's sees blue, green, red from 0 to 255
/// less the mean of the training pictures, torchvision's red, green, blue from 0 to 1, standardised.
/// </summary>
internal static class VggWeights
{
    private const string TorchvisionPrefix = "features.";

    // torchvision counts the ReLU and pooling layers between the convolutions too.
    private static readonly int[][] TorchvisionIndices = [[0, 2], [5, 7], [10, 12, 14, 16], [19, 21, 23, 25], [28, 30, 32, 34]];

    private static readonly float[] CaffeMean = [103.939f, 116.779f, 123.68f];
    private static readonly float[] TorchvisionMean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] TorchvisionDeviation = [0.229f, 0.224f, 0.225f];

    /// <summary>Whether a tensor of torchvision's is one of the convolutions; the classifier behind them takes three quarters of the file.</summary>
    public static bool IsConvolution(string torchvisionName) => torchvisionName.StartsWith(TorchvisionPrefix, StringComparison.Ordinal);

    /// <summary>Gives the convolutions their names by block: <c>features.5.weight</c> becomes <c>conv2_1.weight</c>. Other names stay.</summary>
    public static Dictionary<string, SafeTensor> ByBlock(IReadOnlyDictionary<string, SafeTensor> weights)
    {
        Dictionary<string, string> names = TorchvisionIndices.SelectMany((indices, block) => indices.Select((index, i) => (
            From: string.Create(CultureInfo.InvariantCulture, $"{TorchvisionPrefix}{index}."),
            To: string.Create(CultureInfo.InvariantCulture, $"conv{block + 1}_{i + 1}.")))).ToDictionary(n => n.From, n => n.To);
        string Rename(string name)
        {
            int last = name.LastIndexOf('.') + 1;
            return names.TryGetValue(name[..last], out string? to) ? to + name[last..] : name;
        }
        return weights.ToDictionary(w => Rename(w.Key), w => w.Value);
    }

    /// <summary>Adds Caffe's preprocessing as the affine map of RGB in [0, 1] that <see cref="ConvolutionalEncoder"/> begins with.</summary>
    public static Dictionary<string, SafeTensor> WithCaffePreprocessing(IReadOnlyDictionary<string, SafeTensor> weights) => new(weights)
    {
        ["preprocess.weight"] = new([3, 3, 1, 1], [0, 0, 255, 0, 255, 0, 255, 0, 0]),
        ["preprocess.bias"] = new([3], [.. CaffeMean.Select(m => -m)]),
    };

    /// <summary>Adds torchvision's preprocessing.</summary>
    public static Dictionary<string, SafeTensor> WithTorchvisionPreprocessing(IReadOnlyDictionary<string, SafeTensor> weights) => new(weights)
    {
        ["preprocess.weight"] = new([3, 3, 1, 1], [1 / TorchvisionDeviation[0], 0, 0, 0, 1 / TorchvisionDeviation[1], 0, 0, 0, 1 / TorchvisionDeviation[2]]),
        ["preprocess.bias"] = new([3], [.. TorchvisionMean.Zip(TorchvisionDeviation, (mean, deviation) => -mean / deviation)]),
    };
}
