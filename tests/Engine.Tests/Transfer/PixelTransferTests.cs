using PhotoStyle.Engine.Tests.Imaging;
using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Matting;
using PhotoStyle.Optimization;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Engine.Tests.Transfer;

public sealed class PixelTransferTests : IDisposable
{
    private readonly SyntheticPair _pair = new();
    private readonly TemporaryFolder _files = new();

    public void Dispose()
    {
        _pair.Dispose();
        _files.Dispose();
    }

    [Fact]
    public void The_paper_preset_comes_near_the_style_and_its_second_stage_brings_the_photo_back()
    {
        FloatImage? first = null;
        var told = new List<SolveProgress>();
        var grade = (FieldGrade)SyntheticPair.Solve(
            _pair.LabelledContent, _pair.LabelledStyle, Options(TransferOptions.PaperPreset, 40), told.Add, preview: new Preview(1, (picture, stage, _) => first = stage == 1 ? picture : first));

        FloatImage content = _pair.Content.ToFloatImage(64), final = grade.Field.Apply(content);
        var laplacian = new MattingLaplacian(content);
        Assert.InRange(laplacian.Energy(final), 0, laplacian.Energy(first!) / 10);
        foreach (int stage in new[] { 1, 2 })
        {
            double[] losses = [.. told.Where(p => p.Stage == stage).Select(p => p.Loss)];
            Assert.InRange(losses[^1], 0, losses[0] / 2);
            Assert.Equal(losses.OrderDescending(), losses);
        }
        // The sky has become as red as the style's.
        Assert.InRange(Mean(final, 0, rows: 20) - Mean(content, 0, rows: 20), 0.1, 1);
        Assert.Equal(["content", "photorealism", "style", "variation"], told[^1].Terms.Select(t => t.Name).Order());
        Assert.DoesNotContain("photorealism", told[0].Terms.Select(t => t.Name));
        Assert.Equal(TransferOptions.PaperPreset, grade.Info.Preset);
        Assert.Equal("relu3_1", grade.Info.Options["contentLayer"]);
        Assert.Equal("relu1_1:1,relu2_1:1,relu3_1:1", grade.Info.Options["styleLayers"]);
    }

    [Theory]
    [InlineData(PixelMethod.Lbfgs)]
    [InlineData(PixelMethod.LbfgsFixed)]
    [InlineData(PixelMethod.Adam)]
    public void Every_method_lowers_the_loss_and_gives_the_same_bytes_again(PixelMethod method)
    {
        TransferOptions options = Options(TransferOptions.GatysPreset, 30);
        options = options with { Pixels = options.Pixels with { Method = method, Start = PixelStart.Content } };
        var told = new List<SolveProgress>();

        byte[] once = SyntheticPair.Bytes(SyntheticPair.Solve(new(_pair.Content), new(_pair.Style), options, told.Add));

        Assert.InRange(told[^1].Loss, 0, told[0].Loss * 0.8);
        Assert.Equal(once, SyntheticPair.Bytes(SyntheticPair.Solve(new(_pair.Content), new(_pair.Style), options)));
    }

    [Theory]
    [InlineData(PixelMethod.Lbfgs, 0)]
    [InlineData(PixelMethod.Lbfgs, 3)]
    [InlineData(PixelMethod.Lbfgs, 6)]
    [InlineData(PixelMethod.Lbfgs, 7)]
    [InlineData(PixelMethod.LbfgsFixed, 7)]
    [InlineData(PixelMethod.Adam, 2)]
    [InlineData(PixelMethod.Adam, 8)]
    public void A_transfer_that_was_cancelled_goes_on_to_the_same_bytes(PixelMethod method, int after)
    {
        TransferOptions options = Options(TransferOptions.PaperPreset, 6);
        options = options with { Pixels = options.Pixels with { Method = method } };
        // How many steps a line search leaves of the evaluations differs between machines: there has to be one left to go on with.
        int all = 0;
        byte[] expected = SyntheticPair.Bytes(Solve(options, _ => all++));
        int last = Math.Min(after, all - 2);
        var checkpoint = new Checkpoint(_files["state"], TimeSpan.FromDays(1));
        using var cancellation = new CancellationTokenSource();
        int steps = 0;

        Assert.ThrowsAny<OperationCanceledException>(() => Solve(options, _ => { if (steps++ == last) cancellation.Cancel(); }, checkpoint, cancellation.Token));
        var told = new List<SolveProgress>();
        byte[] resumed = SyntheticPair.Bytes(Solve(options, told.Add, checkpoint with { Interval = TimeSpan.Zero }));

        Assert.Equal(expected, resumed);
        Assert.NotEmpty(told);
        // It is done: how it ended is told once more, and nothing is evaluated.
        var again = new List<SolveProgress>();
        Assert.Equal(expected, SyntheticPair.Bytes(Solve(options, again.Add, checkpoint)));
        SolveProgress end = Assert.Single(again);
        Assert.Equal(0, end.EvaluationsNow);
        Assert.Equal((told[^1].Iteration, told[^1].Evaluations, told[^1].Loss, told[^1].Stage), (end.Iteration, end.Evaluations, end.Loss, end.Stage));
        Assert.Equal(told[^1].Terms, end.Terms);
    }

    [Fact]
    public void A_transfer_that_was_killed_at_any_iteration_goes_on_from_what_was_saved_last()
    {
        TransferOptions options = Options(TransferOptions.PaperPreset, 5);
        var states = new List<byte[]>();
        byte[] expected = SyntheticPair.Bytes(Solve(
            options, _ => { if (File.Exists(_files["state"])) states.Add(File.ReadAllBytes(_files["state"])); }, new Checkpoint(_files["state"], TimeSpan.Zero)));

        Assert.InRange(states.Count, 6, 10);
        foreach (byte[] state in states)
        {
            File.WriteAllBytes(_files["left"], state);
            Assert.Equal(expected, SyntheticPair.Bytes(Solve(options, checkpoint: new Checkpoint(_files["left"], TimeSpan.Zero))));
        }
        byte[] damaged = [.. states[3]];
        damaged[34] ^= 3;
        File.WriteAllBytes(_files["left"], damaged);
        Assert.Equal(ErrorCode.GradeInvalid, Assert.Throws<PhotoStyleException>(() => Solve(options, checkpoint: new Checkpoint(_files["left"], TimeSpan.Zero))).Code);
    }

    [Fact]
    public void A_checkpoint_of_other_options_is_refused()
    {
        TransferOptions options = Options(TransferOptions.PaperPreset, 4);
        var checkpoint = new Checkpoint(_files["state"], TimeSpan.Zero);
        Solve(options, checkpoint: checkpoint);
        PixelOptions pixels = options.Pixels;
        foreach (PixelOptions other in new[]
        {
            pixels with { StyleWeight = 1 }, pixels with { ContentWeight = 1 }, pixels with { PhotorealismWeight = 1 }, pixels with { TotalVariationWeight = 1 }, pixels with { History = 7 },
            pixels with { Iterations = 5 }, pixels with { Method = PixelMethod.Adam }, pixels with { Start = PixelStart.Content }, pixels with { StyleLayers = ["relu1_1"] }, pixels with { Stages = 1 },
        })
        {
            Assert.Equal(ErrorCode.GradeInvalid, Assert.Throws<PhotoStyleException>(() => Solve(options with { Pixels = other }, checkpoint: checkpoint)).Code);
        }
        // Only ways to the same result may differ.
        Solve(options with { Pixels = pixels with { Memory = FeatureMemory.Recompute } }, checkpoint: checkpoint);
    }

    [Fact]
    public void Memory_makes_no_difference_to_the_result()
    {
        TransferOptions options = Options(TransferOptions.PaperPreset, 4);
        TransferOptions With(FeatureMemory memory) => options with { Pixels = options.Pixels with { Memory = memory } };

        Assert.Equal(SyntheticPair.Bytes(Solve(With(FeatureMemory.Keep))), SyntheticPair.Bytes(Solve(With(FeatureMemory.Recompute))));
    }

    [Fact]
    public void Painting_presets_give_the_colours_themselves()
    {
        var gatys = (FieldGrade)SyntheticPair.Solve(new(_pair.Content), new(_pair.Style), Options(TransferOptions.GatysPreset, 5));
        var doodle = (FieldGrade)SyntheticPair.Solve(_pair.LabelledContent, _pair.LabelledStyle, Options(TransferOptions.DoodlePreset, 5));

        Assert.False(gatys.Field.HasTransforms);
        Assert.False(doodle.Field.HasTransforms);
        Assert.Equal("none", doodle.Info.Options["contentLayer"]);
        using Photo result = GradeRenderer.Render(gatys, _pair.Content, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((_pair.Content.Width, _pair.Content.Height), (result.Width, result.Height));
    }

    [Fact]
    public void Painting_presets_say_what_they_need()
    {
        AssertRefused(() => SyntheticPair.Solve(_pair.LabelledContent, _pair.LabelledStyle, Options(TransferOptions.GatysPreset, 2)), "masks");
        AssertRefused(() => SyntheticPair.Solve(new(_pair.Content), new(_pair.Style), Options(TransferOptions.DoodlePreset, 2)), "masks");
        AssertRefused(() => TransferOptions.Of("oil"), "paper");
    }

    [Fact]
    public void A_class_that_is_kept_stays_as_it_is()
    {
        TransferOptions options = Options(TransferOptions.PaperPreset, 4) with { Orphans = OrphanPolicy.Keep };
        FloatImage? last = null;
        SyntheticPair.Solve(new(_pair.Content, SyntheticPair.LabelsWithHouse), _pair.LabelledStyle, options, preview: new Preview(1, (picture, _, _) => last = picture));

        FloatImage content = _pair.Content.ToFloatImage(64);
        int kept = Enumerable.Range(0, content.PixelCount).Count(i => Enumerable.Range(0, 3).All(c => content.Plane(c)[i] == last!.Plane(c)[i]));
        Assert.InRange(kept, 20, content.PixelCount / 2);
    }

    [Theory]
    [InlineData("stages")]
    [InlineData("iterations")]
    [InlineData("history")]
    [InlineData("rate")]
    [InlineData("style")]
    [InlineData("content")]
    [InlineData("photorealism")]
    [InlineData("variation")]
    [InlineData("style layers")]
    [InlineData("weights")]
    [InlineData("radius")]
    [InlineData("range")]
    public void Options_out_of_range_are_refused_by_name(string what)
    {
        PixelOptions pixels = new();
        pixels = what switch
        {
            "stages" => pixels with { Stages = 3 },
            "iterations" => pixels with { Iterations = 0 },
            "history" => pixels with { History = 0 },
            "rate" => pixels with { AdamRate = double.NaN },
            "style" => pixels with { StyleWeight = -1 },
            "content" => pixels with { ContentWeight = double.PositiveInfinity },
            "photorealism" => pixels with { PhotorealismWeight = double.NaN },
            "variation" => pixels with { TotalVariationWeight = -1e-9 },
            "style layers" => pixels with { StyleLayers = [] },
            "weights" => pixels with { StyleLayerWeights = [1, 2] },
            "radius" => pixels with { SmoothRadius = -1 },
            _ => pixels with { SmoothRange = 0 },
        };
        AssertRefused(() => (TransferOptions.Of(TransferOptions.PaperPreset) with { Pixels = pixels }).Validate(), what);
    }

    [Fact]
    public void Encoders_are_opened_with_the_layers_of_the_preset()
    {
        using var embedded = EmbeddedEncoder.Create(TransferOptions.Of(TransferOptions.DoodlePreset).ChooseLayers);

        Assert.Equal(["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"], embedded.Levels.Select(l => l.Name));
        Assert.Null(new TransferOptions().ChooseLayers(["relu1_1"]));
    }

    private static TransferOptions Options(string preset, int iterations)
    {
        TransferOptions options = TransferOptions.Of(preset) with { Size = 64 };
        return options with { Pixels = options.Pixels with { Iterations = iterations, SmoothRadius = 3, SmoothRange = 0.05 } };
    }

    private Grade Solve(TransferOptions options, Action<SolveProgress>? progress = null, Checkpoint? checkpoint = null, CancellationToken? cancellation = null) =>
        SyntheticPair.Solve(_pair.LabelledContent, _pair.LabelledStyle, options, progress, checkpoint, cancellation);

    private static void AssertRefused(Action action, string word)
    {
        PhotoStyleException error = Assert.Throws<PhotoStyleException>(action);
        Assert.Equal(ErrorCode.OptionInvalid, error.Code);
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    private static double Mean(FloatImage image, int channel, int rows)
    {
        double sum = 0;
        for (int y = 0; y < rows; y++)
        {
            foreach (float value in image.Row(channel, y)) sum += value;
        }
        return sum / (rows * image.Width);
    }
}
