using System.Diagnostics;
using System.Globalization;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;
using PhotoStyle.Segmentation.Clustering;
using PhotoStyle.Serialization;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PhotoStyle.TrainSegmenter;

/// <summary>Trains the classifier: cross-entropy against what each area shows, areas weighed by size, Adam.</summary>
internal static class Trainer
{
    private const int Epochs = 24;
    private const int Batch = 1024;
    private const double Rate = 2e-3;
    private const double Decay = 2e-4;
    private const double Dropout = 0.25;
    private const int Seed = 1;

    /// <param name="training">Examples.</param>
    /// <param name="held">Examples to measure with.</param>
    /// <param name="units">Size of the hidden layer.</param>
    /// <param name="variants">In how many versions each example is taken.</param>
    /// <param name="path">Where the weights go.</param>
    public static void Train(IReadOnlyList<Example> training, IReadOnlyList<Example> held, int units, int variants, string path)
    {
        TorchRuntime.Initialize();
        random.manual_seed(Seed);
        var chance = new Random(Seed);
        var began = Stopwatch.StartNew();
        (Tensor inputs, Tensor targets, Tensor weights) = Rows(training.SelectMany(example => Enumerable.Range(0, variants).Select(i => i == 0 ? example : Augmentation.Of(example, chance))));
        (Tensor heldInputs, Tensor heldTargets, Tensor heldWeights) = Rows(held);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{training.Count} pictures, {inputs.shape[0]} areas of {inputs.shape[1]} numbers, {held.Count} pictures held back; {began.Elapsed.TotalSeconds:F0} s"));

        int classes = AreaClassifier.Names.Count;
        using var hidden = nn.Linear(inputs.shape[1], units);
        using var output = nn.Linear(units, classes);
        using var optimizer = optim.Adam([.. hidden.parameters(), .. output.parameters()], lr: Rate, weight_decay: Decay);
        Tensor Logits(Tensor x, bool train) => output.forward(F.dropout(hidden.forward(F.dropout(x, Dropout, train)).relu(), Dropout, train));
        // Rare classes count more, by the root of how rare they are.
        Tensor rarity = (targets * weights.unsqueeze(1)).sum(0).clamp_min(1e-6).rsqrt();
        rarity /= rarity.min();
        rarity = rarity.clamp_max(6);

        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            double rate = Rate * 0.5 * (1 + Math.Cos(Math.PI * epoch / Epochs));
            foreach (var group in optimizer.ParamGroups) group.LearningRate = rate;
            using Tensor order = randperm(inputs.shape[0]);
            double sum = 0;
            int batches = 0;
            for (long first = 0; first < inputs.shape[0]; first += Batch)
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor rows = order.slice(0, first, Math.Min(first + Batch, inputs.shape[0]), 1);
                Tensor target = targets.index(rows), weight = weights.index(rows) * (target * rarity).sum(1);
                Tensor loss = (-(target * Logits(inputs.index(rows), train: true).log_softmax(1)).sum(1) * weight).sum() / weight.sum();
                optimizer.zero_grad();
                loss.backward();
                optimizer.step();
                sum += loss.item<float>();
                batches++;
            }

            using DisposeScope measured = NewDisposeScope();
            using IDisposable inference = no_grad();
            Tensor right = (Logits(heldInputs, train: false).argmax(1) == heldTargets.argmax(1)).to_type(ScalarType.Float32);
            double accuracy = ((right * heldWeights).sum() / heldWeights.sum()).item<float>();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"epoch {epoch + 1}: loss {sum / batches:F3}, {accuracy:P1} of the area held back is right; {began.Elapsed.TotalSeconds:F0} s"));
        }

        var file = new SafeTensors
        {
            Tensors =
            {
                ["hidden.weight"] = Saved(hidden.weight),
                ["hidden.bias"] = Saved(hidden.bias!),
                ["output.weight"] = Saved(output.weight),
                ["output.bias"] = Saved(output.bias!),
            },
        };
        AtomicFile.Write(path, stream => file.Write(stream));
    }

    private static SafeTensor Saved(Tensor tensor) => new(tensor.shape, [.. tensor.detach().cpu().contiguous().data<float>()]);

    private static (Tensor Inputs, Tensor Targets, Tensor Weights) Rows(IEnumerable<Example> examples)
    {
        List<float> inputs = [], targets = [], weights = [];
        int count = AreaClassifier.Names.Count;
        foreach (Example example in examples)
        {
            FloatImage lab = ColourSpace.ToLab(example.Image);
            Superpixels areas = Superpixels.Of(lab, Segmenter.WantedAreas);
            AreaDescriptors descriptors = AreaDescriptors.Of(example.Image, lab, areas);
            foreach (double[] row in descriptors.WithContext()) inputs.AddRange(row.Select(value => (float)value));
            var means = new AreaMeans(areas, descriptors.Graph);
            double[][] truth = [.. Enumerable.Range(0, count).Select(k => means.Of(example.Truth, k))];
            for (int i = 0; i < areas.Count; i++)
            {
                targets.AddRange(truth.Select(plane => (float)plane[i]));
                weights.Add((float)descriptors.Graph.Sizes[i] / example.Image.PixelCount);
            }
        }

        return (tensor([.. inputs], [weights.Count, inputs.Count / weights.Count]), tensor([.. targets], [weights.Count, count]), tensor([.. weights]));
    }
}
