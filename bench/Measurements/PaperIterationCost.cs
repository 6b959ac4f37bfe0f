using System.Diagnostics;
using PhotoStyle.Features;
using PhotoStyle.Imaging;
using PhotoStyle.Matting;
using PhotoStyle.Optimization;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Bench.Measurements;

/// <summary>
/// What one iteration of the preset <c>paper</c>'s second stage costs, with a full history, against a forward and backward pass of the same encoder alone, timed in
/// turn; and the memory that it takes.
/// </summary>
internal static class PaperIterationCost
{
    public static void Print(string encoderName, int width, int height, FeatureMemory memory, int runs)
    {
        TorchRuntime.Initialize();
        var options = new PixelOptions { Iterations = int.MaxValue, Memory = memory };
        IReadOnlyCollection<string> Layers(IReadOnlyList<string> available) => PixelLayers.Choose(available, options).All;
        using IFeatureEncoder encoder = encoderName == "vgg19-shape" ? Vgg19Shape.Create(Layers) : EncoderCatalog.Open(encoderName, Layers);
        PixelLayers layers = PixelLayers.Choose([.. encoder.Levels.Select(level => level.Name)], options);
        ClassedImage content = SyntheticPair.Create(width, height, 1), style = SyntheticPair.Create(width, height, 2);
        var laplacian = new MattingLaplacian(content.Image);
        using var objective = new PixelObjective(content, style, [true, true, true, true], laplacian, encoder, layers, options, memory == FeatureMemory.Recompute) { IsPhotorealistic = true };

        // Fixed steps take one evaluation each, and a bowl fills the history in no time.
        int count = 3 * width * height;
        double[] start = Array.ConvertAll(content.Image.Data, value => (double)value);
        var solver = new Lbfgs(start, new LbfgsOptions { MaxEvaluations = int.MaxValue, History = options.History, CompactHistory = true, FixedStep = 0.1, FirstMove = 0.01 });
        for (int i = 0; i < options.History + 2; i++) solver.Step(Bowl);

        var product = new FloatImage(3, height, width);
        var gradient = new double[count];
        string keeps = memory == FeatureMemory.Recompute ? "features computed twice" : "features kept";
        Console.WriteLine($"encoder {encoder.Name} ({string.Join(", ", layers.All)}), {width}×{height}, {SyntheticPair.Classes} classes, history {options.History}, {keeps}; medians of {runs} in ms");
        if (runs > 0)
        {
            var (passes, iterations) = (new ProcessorTime(), new ProcessorTime());
            (double pass, double whole, double share) = Timing.Alternating(
                () => passes.Measure(() => Vgg19Shape.Pass(encoder, content.Image)), () => iterations.Measure(() => solver.Step(objective.Evaluate)), runs);
            double energy = Timing.Median(() => laplacian.EnergyAndProduct(content.Image, product), runs);
            Row("iteration", whole);
            Row("encoder alone, forward and backward", pass);
            Row("matting Laplacian: energy and product", energy);
            Row("evaluation of loss and gradient", Timing.Median(() => objective.Evaluate(solver.X, gradient), Math.Max(runs / 3, 1)));
            Row("L-BFGS without the evaluation", Timing.Median(() => solver.Step(Bowl), runs));
            Console.WriteLine($"iteration / pass: {1 / share:F3}, in processor time {iterations.Median / passes.Median:F3}; Laplacian / pass: {energy / pass:P1}");
        }
        else
        {
            solver.Step(objective.Evaluate);
        }
        using Process self = Process.GetCurrentProcess();
        Console.WriteLine($"peak resident memory: {self.PeakWorkingSet64 / 1e9:F2} GB");
    }

    private static double Bowl(ReadOnlySpan<double> x, Span<double> gradient)
    {
        double loss = 0;
        for (int i = 0; i < x.Length; i++)
        {
            gradient[i] = (1 + i % 7) * (x[i] - 0.5);
            loss += gradient[i] * (x[i] - 0.5) / 2;
        }
        return loss;
    }

    private static void Row(string what, double milliseconds) => Console.WriteLine($"{what,-42} {milliseconds,8:F1}");
}
