using PhotoStyle.Serialization;

namespace PhotoStyle.Segmentation.Clustering;

/// <summary>Tells what areas of a photo probably are: a network with one hidden layer over <see cref="AreaDescriptors.WithContext"/>, trained by <c>tools/TrainSegmenter</c>.</summary>
internal sealed class AreaClassifier
{
    private static readonly Lazy<AreaClassifier> _embedded = new(() => Read("area-classifier.safetensors")), _naming = new(() => Read("naming-classifier.safetensors"));

    private readonly SafeTensor _hiddenWeight, _hiddenBias, _weight, _bias;

    /// <param name="weights"><c>hidden.weight</c> H×D, <c>hidden.bias</c> H, <c>output.weight</c> K×H, <c>output.bias</c> K.</param>
    public AreaClassifier(IReadOnlyDictionary<string, SafeTensor> weights) =>
        (_hiddenWeight, _hiddenBias, _weight, _bias) = (weights["hidden.weight"], weights["hidden.bias"], weights["output.weight"], weights["output.bias"]);

    /// <summary>The one whose probabilities are features of clustering.</summary>
    public static AreaClassifier Embedded => _embedded.Value;

    /// <summary>The one that gives areas their names: that of clustering and a larger one, whose mean it takes.</summary>
    public static AreaClassifier Naming => _naming.Value;

    /// <summary>The names of the classes.</summary>
    public static IReadOnlyList<string> Names { get; } = ["sky", "water", "vegetation", "ground", "mountain", "building", "road", "person", "other"];

    /// <summary>How probable each class is.</summary>
    /// <param name="areas">N×D.</param>
    /// <returns>N×K.</returns>
    public double[][] Classify(double[][] areas)
    {
        var result = new double[areas.Length][];
        Parallel.For(0, areas.Length, i => result[i] = Softmax(Layer(_weight, _bias, [.. Layer(_hiddenWeight, _hiddenBias, areas[i]).Select(value => Math.Max(0, value))])));
        return result;
    }

    private static AreaClassifier Read(string resource)
    {
        using Stream stream = typeof(AreaClassifier).Assembly.GetManifestResourceStream(resource)!;
        return new AreaClassifier(SafeTensors.Read(stream).Tensors);
    }

    private static double[] Layer(SafeTensor weight, SafeTensor bias, double[] input)
    {
        var output = new double[bias.Values.Length];
        for (int o = 0; o < output.Length; o++)
        {
            ReadOnlySpan<float> row = weight.Values.AsSpan(o * input.Length, input.Length);
            double sum = bias.Values[o];
            for (int d = 0; d < input.Length; d++) sum += row[d] * input[d];
            output[o] = sum;
        }

        return output;
    }

    private static double[] Softmax(double[] logits)
    {
        double largest = logits.Max();
        double[] powers = [.. logits.Select(value => Math.Exp(value - largest))];
        double sum = powers.Sum();
        return [.. powers.Select(value => value / sum)];
    }
}
