using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Losses;
using PhotoStyle.Matting;
using PhotoStyle.Optimization;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Bench.Measurements;

/// <summary>What one evaluation of loss and gradient costs at 384×256 with four classes, whole and in parts.</summary>
internal static class EvaluationCost
{
    public static void Print(string encoderName)
    {
        TorchRuntime.Initialize();
        ClassedImage content = SyntheticPair.Create(384, 256, 1), style = SyntheticPair.Create(384, 256, 2);
        using IFeatureEncoder encoder = encoderName == "vgg19-shape" ? Vgg19Shape.Create() : EncoderCatalog.Open(encoderName);
        var options = new SolverOptions();
        bool[] styled = [true, true, true, true];
        var laplacian = new MattingLaplacian(content.Image, options.Epsilon);
        using var objective = new AffineGridObjective(content, style, styled, laplacian, encoder, options);
        double[] x = Array.ConvertAll(AffineGrids.Identity(SyntheticPair.Classes, options.Grid).Values, value => (double)value);
        var gradient = new double[x.Length];

        var slicing = new GridSlicing(content.Image, content.Masks, options.Grid);
        float[] grids = Array.ConvertAll(x, value => (float)value), gridGradient = new float[x.Length];
        var output = new FloatImage(3, 256, 384);
        using var styleTerm = new GramStyleTerm(encoder, style.Image, style.Masks, content.Masks);
        var features = new FeatureLoss(encoder, [(styleTerm, 1)]);
        var clamp = new ClampTerm();
        var reversal = new GradientReversalTerm(content.Image);
        var smoothness = new GridSmoothnessTerm(SyntheticPair.Classes, options.Grid, options.Smoothness);
        var preconditioner = new GridPreconditioner(SyntheticPair.Classes, options.Grid, options.Smoothness, 1e-5);
        var image = new FloatImage(3, 256, 384);

        (double pass, double whole, double share) = Timing.Alternating(() => Vgg19Shape.Pass(encoder, content.Image), () => objective.Evaluate(x, gradient));
        Console.WriteLine($"encoder {encoder.Name}, 384×256, {SyntheticPair.Classes} classes; medians in ms");
        Row("evaluation of loss and gradient", whole);
        Row("encoder alone, forward and backward", pass);
        Console.WriteLine($"{"share of the encoder",-42} {share,8:P0}");
        Row("encoder with style term", Timing.Median(() => features.Evaluate(content.Image, image)));
        Row("slicing", Timing.Median(() => slicing.Apply(grids, output)));
        Row("its adjoint", Timing.Median(() => slicing.ApplyAdjoint(output, gridGradient)));
        Row("matting Laplacian: energy and product", Timing.Median(() => laplacian.EnergyAndProduct(output, image)));
        Row("clamp", Timing.Median(() => clamp.Evaluate(output, image, 1)));
        Row("reversal", Timing.Median(() => reversal.Evaluate(output, image, 1)));
        Row("smoothness", Timing.Median(() => smoothness.Evaluate(x, gradient, 1)));
        Row("preconditioner (once an iteration)", Timing.Median(() => preconditioner.Apply(x, gradient)));
    }

    private static void Row(string what, double milliseconds) => Console.WriteLine($"{what,-42} {milliseconds,8:F2}");
}
