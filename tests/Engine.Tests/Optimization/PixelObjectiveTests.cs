using PhotoStyle.Engine.Tests.Losses;
using PhotoStyle.Imaging;
using PhotoStyle.Matting;
using PhotoStyle.Optimization;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Engine.Tests.Optimization;

public sealed class PixelObjectiveTests
{
    private const int Height = 12, Width = 14;

    public static TheoryData<string, bool> Cases()
    {
        var data = new TheoryData<string, bool>();
        foreach (string kind in ClassMasks.Kinds)
        {
            data.Add(kind, false);
            data.Add(kind, true);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gradient_of_all_terms_agrees_with_finite_differences_for_every_kind_of_classes(string kind, bool inCaffeUnits)
    {
        using var encoder = new MixingEncoder(seed: 1) { InCaffeUnits = inCaffeUnits };
        using PixelObjective objective = Create(kind, encoder, _ => true);
        // Eighths and steps of powers of two lose nothing in float32.
        double[] at = [.. RandomImage.Uniform(3, Height, Width, seed: 2).Data.Select(v => Math.Round(v * 64) / 64)], gradient = new double[at.Length];
        double value = objective.Evaluate(at, gradient), norm = VectorMath.Norm(gradient);

        Assert.Equal(objective.Terms.Sum(t => t.Weight * t.Value), value, 1e-12 * Math.Abs(value));
        Assert.Equal(["content", "photorealism", "style", "variation"], objective.Terms.Select(t => t.Name).Order());
        double Value(double[] x) => objective.Evaluate(x, new double[x.Length]);
        for (int seed = 5; seed < 9; seed++)
        {
            double[] direction = [.. FiniteDifference.RandomDirection(at.Length, seed).Select(d => Math.Round(d * 8) / 8)];
            // Of fourth degree in the pixels: two steps leave only what is of fifth.
            double near = FiniteDifference.Central(Value, at, direction, 1.0 / 64), far = FiniteDifference.Central(Value, at, direction, 1.0 / 32);
            Assert.Equal((4 * near - far) / 3, FiniteDifference.Dot(gradient, direction), 1e-5 * norm * VectorMath.Norm(direction));
        }
    }

    [Fact]
    public void In_the_first_stage_there_is_no_photorealism()
    {
        using var encoder = new MixingEncoder(seed: 1);
        using PixelObjective objective = Create("soft borders", encoder, _ => true);
        objective.IsPhotorealistic = false;
        var x = new double[3 * Height * Width];
        objective.Evaluate(x, new double[x.Length]);

        Assert.DoesNotContain("photorealism", objective.Terms.Select(t => t.Name));
    }

    [Fact]
    public void Pixels_of_a_class_that_stays_are_not_moved()
    {
        using var encoder = new MixingEncoder(seed: 1);
        using PixelObjective objective = Create("hard borders", encoder, k => k != 1);
        double[] x = [.. RandomImage.Uniform(3, Height, Width, seed: 2).Data.Select(v => (double)v)], gradient = new double[x.Length];
        objective.Evaluate(x, gradient);

        int kept = 0;
        for (int i = 0; i < Height * Width; i++)
        {
            if (!objective.IsKept(i)) continue;
            kept++;
            for (int c = 0; c < 3; c++) Assert.Equal(0, gradient[c * Height * Width + i]);
        }
        Assert.InRange(kept, Height * Width / 5, Height * Width / 2);
    }

    private static PixelObjective Create(string kind, MixingEncoder encoder, Func<int, bool> styled)
    {
        FloatImage content = RandomImage.Uniform(3, Height, Width, seed: 3), style = RandomImage.Uniform(3, Height, Width, seed: 4, high: 0.6f);
        (FloatImage contentMasks, FloatImage styleMasks) = ClassMasks.Make(kind, (Height, Width), (Height, Width));
        var options = new PixelOptions { StyleWeight = 3, ContentWeight = 2, PhotorealismWeight = 0.5, TotalVariationWeight = 1e-4 };
        PixelLayers layers = PixelLayers.Choose([.. encoder.Levels.Select(l => l.Name)], options);
        return new PixelObjective(
            new ClassedImage(content, contentMasks),
            new ClassedImage(style, styleMasks),
            [.. Enumerable.Range(0, contentMasks.Channels).Select(styled)],
            new MattingLaplacian(content, 1e-4),
            encoder,
            layers,
            options,
            recompute: false)
        { IsPhotorealistic = true };
    }
}
