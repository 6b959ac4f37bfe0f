using PhotoStyle.Engine.Tests.Grading;
using PhotoStyle.Engine.Tests.Imaging;
using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Matting;
using PhotoStyle.Optimization;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Engine.Tests.Transfer;

public sealed class StyleTransferTests : IDisposable
{
    private readonly SyntheticPair _pair = new();

    public void Dispose() => _pair.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Its_steps_one_by_one_with_a_Laplacian_that_was_kept_give_the_same_bytes(bool labelled)
    {
        TransferInput content = labelled ? _pair.LabelledContent : new(_pair.Content), style = labelled ? _pair.LabelledStyle : new(_pair.Style);
        TransferOptions options = SyntheticPair.Options;

        WorkingPhoto from = WorkingPhoto.Of(content, options.Size), to = WorkingPhoto.Of(style, options.Size);
        using var statistics = new MemoryStream();
        new MattingLaplacian(from.Image, options.Solver.Epsilon).Save(statistics);
        statistics.Position = 0;
        MatchedPair pair = MatchedPair.Of(from, to, options.Orphans);
        using ConvolutionalEncoder encoder = SyntheticPair.Encoder();
        Grade grade = StyleTransfer.Optimise(
            new PreparedPair(from, to, pair, MattingLaplacian.Load(statistics, from.Image)), encoder, options, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(SyntheticPair.Bytes(SyntheticPair.Solve(content, style)), SyntheticPair.Bytes(grade));
    }

    [Fact]
    public void The_loss_falls_with_each_iteration_and_is_told()
    {
        var told = new List<SolveProgress>();

        SyntheticPair.Solve(_pair.LabelledContent, _pair.LabelledStyle, progress: told.Add);

        Assert.InRange(told.Count, 3, SyntheticPair.Options.Solver.Evaluations);
        Assert.Equal(Enumerable.Range(0, told.Count), told.Select(p => p.Iteration));
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.True(pair.Second.Loss < pair.First.Loss && pair.Second.Evaluations > pair.First.Evaluations));
        Assert.True(told[^1].Loss < 0.9 * told[0].Loss);
        Assert.All(told, p => Assert.Equal(SyntheticPair.Options.Solver.Evaluations, p.MostEvaluations));
        Assert.Equal(SyntheticPair.Options.Solver.Evaluations, told[^1].Evaluations);
        Assert.Equal(TimeSpan.Zero, told[^1].TimeLeft);
    }

    [Fact]
    public void Each_class_takes_the_mean_colour_of_its_class_in_the_style()
    {
        Grade grade = SyntheticPair.Solve(_pair.LabelledContent, _pair.LabelledStyle);
        using Photo result = grade.Render(_pair.Content);

        foreach (byte label in new[] { SyntheticPair.Sky, SyntheticPair.Ground })
        {
            double[] before = Mean(_pair.Content, _pair.ContentLabels, label), after = Mean(result, _pair.ContentLabels, label), style = Mean(_pair.Style, _pair.StyleLabels, label);
            Assert.InRange(Distance(after, style), 0, 0.2 * Distance(before, style));
        }
    }

    [Fact]
    public void A_kept_class_stays_as_it_is_to_the_byte_away_from_its_border()
    {
        LabelMap labels = SyntheticPair.LabelsWithHouse;

        Grade grade = SyntheticPair.Solve(new(_pair.Content, labels), _pair.LabelledStyle, SyntheticPair.Options with { Orphans = OrphanPolicy.Keep });
        using Photo result = grade.Render(_pair.Content);

        Assert.Contains(grade.Info.Classes, matched => matched.StyleLabel is null && matched.ContentLabels.SequenceEqual([SyntheticPair.House]));
        Assert.Equal(LabelFate.Kept, grade.Info.Outcomes.Single(outcome => outcome.Label == SyntheticPair.House).Fate);
        const int margin = 8;
        int inside = 0, changed = 0;
        for (int y = 0; y < labels.Height; y++)
        {
            for (int x = 0; x < labels.Width; x++)
            {
                bool isSame = result.Row8(y).Slice(3 * x, 3).SequenceEqual(_pair.Content.Row8(y).Slice(3 * x, 3));
                if (IsSurrounded(labels, x, y, margin, SyntheticPair.House))
                {
                    inside++;
                    Assert.True(isSame, $"The pixel ({x}, {y}) changed.");
                }
                else if (!isSame)
                {
                    changed++;
                }
            }
        }
        Assert.True(inside > 200 && changed > 2000);
    }

    [Fact]
    public void An_orphan_fails_the_transfer_where_that_is_asked_for() => Assert.Equal(
        ErrorCode.OrphanLabel,
        Assert.Throws<PhotoStyleException>(() => SyntheticPair.Solve(
            new(_pair.Content, SyntheticPair.LabelsWithHouse), _pair.LabelledStyle, SyntheticPair.Options with { Orphans = OrphanPolicy.Fail })).Code);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_same_photos_options_and_seed_give_the_same_bytes(bool labelled)
    {
        byte[] Run(int seed) => SyntheticPair.Bytes(SyntheticPair.Solve(
            new(_pair.Content, labelled ? _pair.ContentLabels : null),
            new(_pair.Style, labelled ? _pair.StyleLabels : null),
            SyntheticPair.Options with { Seed = seed },
            encoderSeed: seed));

        byte[] first = Run(seed: 1);

        Assert.Equal(first, Run(seed: 1));
        Assert.NotEqual(first, Run(seed: 2));
    }

    [Fact]
    public void Another_seed_of_the_encoder_gives_other_transforms() => Assert.NotEqual(
        ((GridGrade)SyntheticPair.Solve(_pair.LabelledContent, _pair.LabelledStyle, encoderSeed: 1)).Grids.Values,
        ((GridGrade)SyntheticPair.Solve(_pair.LabelledContent, _pair.LabelledStyle, encoderSeed: 2)).Grids.Values);

    [Fact]
    public void Labels_of_one_photo_alone_say_nothing()
    {
        TransferInput content = new(_pair.Content), style = new(_pair.Style);
        byte[] none = SyntheticPair.Bytes(SyntheticPair.Solve(content, style));

        Assert.Equal(none, SyntheticPair.Bytes(SyntheticPair.Solve(_pair.LabelledContent, style)));
        Assert.Equal(none, SyntheticPair.Bytes(SyntheticPair.Solve(content, _pair.LabelledStyle)));
    }

    [Fact]
    public void The_grade_tells_what_it_was_made_from_and_with()
    {
        GradeInfo info = SyntheticPair.Solve(_pair.LabelledContent, _pair.LabelledStyle).Info;

        Assert.Equal($"photostyle {StyleTransfer.Version}", info.Program);
        Assert.Equal("small 1", info.Encoder);
        Assert.Equal(TransferOptions.FastPreset, info.Preset);
        Assert.Equal(1.5, info.AspectRatio);
        Assert.Equal(["blue", "green"], info.Outcomes.Select(outcome => outcome.Name));
        Assert.Equal(2, info.Classes.Count);
        Assert.Equal("64", info.Options["size"]);
        Assert.Equal("1", info.Options["seed"]);
    }

    [Fact]
    public void A_grade_that_went_through_a_file_does_the_same()
    {
        using var files = new TemporaryFolder();
        Grade grade = SyntheticPair.Solve(_pair.LabelledContent, _pair.LabelledStyle);
        GradeFile.Save(grade, files["a.grade"]);

        using Photo direct = grade.Render(_pair.Content), loaded = GradeFile.Load(files["a.grade"]).Render(_pair.Content);

        Assert.Equal(Pictures.Samples(direct), Pictures.Samples(loaded));
    }

    [Fact]
    public void Bit_depth_makes_no_difference_but_rounding()
    {
        using Photo deep = Photo.FromFloatImage(_pair.Content.ToFloatImage(96), 16);

        float[] ofBytes = ((GridGrade)SyntheticPair.Solve(_pair.LabelledContent, _pair.LabelledStyle)).Grids.Values;
        float[] ofDeep = ((GridGrade)SyntheticPair.Solve(new(deep, _pair.ContentLabels), _pair.LabelledStyle)).Grids.Values;

        for (int i = 0; i < ofBytes.Length; i++) Assert.Equal(ofBytes[i], ofDeep[i], 1e-3f);
    }

    [Fact]
    public void Options_are_checked_before_anything_else() => Assert.Equal(
        ErrorCode.OptionInvalid,
        Assert.Throws<PhotoStyleException>(() => SyntheticPair.Solve(_pair.LabelledContent, _pair.LabelledStyle, SyntheticPair.Options with { Size = 1 })).Code);

    private static bool IsSurrounded(LabelMap labels, int x, int y, int margin, byte label)
    {
        for (int dy = -margin; dy <= margin; dy++)
        {
            for (int dx = -margin; dx <= margin; dx++)
            {
                if (labels.Labels[Math.Clamp(y + dy, 0, labels.Height - 1) * labels.Width + Math.Clamp(x + dx, 0, labels.Width - 1)] != label) return false;
            }
        }
        return true;
    }

    private static double[] Mean(Photo photo, LabelMap labels, byte label)
    {
        FloatImage image = photo.ToFloatImage(Math.Max(photo.Width, photo.Height));
        int[] pixels = [.. Enumerable.Range(0, image.PixelCount).Where(i => IsSurrounded(labels, i % image.Width, i / image.Width, 3, label))];
        return [.. Enumerable.Range(0, 3).Select(c => pixels.Average(i => (double)image.Plane(c)[i]))];
    }

    private static double Distance(double[] first, double[] second) => Math.Sqrt(first.Zip(second, (a, b) => (a - b) * (a - b)).Sum());
}
