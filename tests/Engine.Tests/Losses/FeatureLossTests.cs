using PhotoStyle.Features;
using PhotoStyle.Imaging;
using PhotoStyle.Losses;
using Padding = PhotoStyle.Features.Padding;

namespace PhotoStyle.Engine.Tests.Losses;

public sealed class FeatureLossTests : IDisposable
{
    private const int Height = 20, Width = 24;

    private readonly ConvolutionalEncoder _encoder = new("small", OrthogonalWeights.Create([[6], [8], [10]], seed: 1), Padding.Zero);
    private readonly FloatImage _output = RandomImage.Uniform(3, Height, Width, seed: 2);
    private readonly GramStyleTerm _style;
    private readonly ContentTerm _content;

    public FeatureLossTests()
    {
        (FloatImage contentMasks, FloatImage styleMasks) = ClassMasks.Make("soft borders", (Height, Width), (Height, Width));
        _style = new GramStyleTerm(_encoder, RandomImage.Uniform(3, Height, Width, seed: 3, high: 0.6f), styleMasks, contentMasks);
        _content = new ContentTerm(_encoder, RandomImage.Uniform(3, Height, Width, seed: 4), level: 1);
    }

    public void Dispose()
    {
        _style.Dispose();
        _content.Dispose();
        _encoder.Dispose();
    }

    [Fact]
    public void Values_come_in_the_order_of_the_terms_without_their_weights()
    {
        double[] Values(params (IFeatureTerm, double)[] terms) => new FeatureLoss(_encoder, terms).Evaluate(_output, new FloatImage(3, Height, Width));

        double[] style = Values((_style, 1)), content = Values((_content, 1));

        Assert.True(style[0] > 0 && content[0] > 0 && style[0] != content[0]);
        Assert.Equal([content[0], style[0]], Values((_content, 7), (_style, 0.5)));
        Assert.Empty(Values());
    }

    [Fact]
    public void The_gradient_of_the_image_agrees_with_finite_differences()
    {
        (IFeatureTerm Term, double Weight)[] terms = [(_style, 3), (_content, 2)];
        var loss = new FeatureLoss(_encoder, terms);
        var slopes = new FloatImage(3, Height, Width);
        loss.Evaluate(_output, slopes);
        double Value(double[] x) => loss.Evaluate(new FloatImage(3, Height, Width, [.. x.Select(v => (float)v)]), new FloatImage(3, Height, Width))
            .Zip(terms, (value, term) => value * term.Weight).Sum();

        double[] at = [.. _output.Data.Select(v => (double)v)], gradient = [.. slopes.Data.Select(g => (double)g)];
        double norm = Math.Sqrt(FiniteDifference.Dot(gradient, gradient));
        foreach (double[] along in new[] { gradient, FiniteDifference.RandomDirection(at.Length, seed: 5), FiniteDifference.RandomDirection(at.Length, seed: 6) })
        {
            double length = Math.Sqrt(FiniteDifference.Dot(along, along));
            double[] direction = [.. along.Select(d => d / length)];
            Assert.Equal(FiniteDifference.Dot(gradient, direction), FiniteDifference.Central(Value, at, direction, 3e-3), 0.005 * norm);
        }
    }

    [Fact]
    public void The_gradient_is_added_to_what_was_there()
    {
        var loss = new FeatureLoss(_encoder, [(_style, 3), (_content, 2)]);
        FloatImage alone = new(3, Height, Width), added = RandomImage.Uniform(3, Height, Width, seed: 6);
        float[] before = [.. added.Data];
        loss.Evaluate(_output, alone);
        loss.Evaluate(_output, added);

        for (int i = 0; i < before.Length; i++) Assert.Equal(before[i] + alone.Data[i], added.Data[i], 1e-6f);
    }

    [Theory]
    [InlineData(Padding.Zero)]
    [InlineData(Padding.Reflection)]
    public void Computing_levels_again_instead_of_keeping_them_changes_no_bit(Padding padding)
    {
        using var encoder = new ConvolutionalEncoder("deep", OrthogonalWeights.Create([[6, 5], [8, 8], [10]], seed: 1), padding, layers: ["relu1_1", "relu1_2", "relu2_2", "relu3_1"]);
        (FloatImage contentMasks, FloatImage styleMasks) = ClassMasks.Make("soft borders", (Height, Width), (Height, Width));
        using var style = new GramStyleTerm(encoder, RandomImage.Uniform(3, Height, Width, seed: 3, high: 0.6f), styleMasks, contentMasks);
        using var content = new ContentTerm(encoder, RandomImage.Uniform(3, Height, Width, seed: 4), level: 2);
        (IFeatureTerm, double)[] terms = [(style, 3), (content, 2)];
        FloatImage kept = new(3, Height, Width), again = new(3, Height, Width);

        Assert.Equal(new FeatureLoss(encoder, terms).Evaluate(_output, kept), new FeatureLoss(encoder, terms, recompute: true).Evaluate(_output, again));
        Assert.Equal(kept.Data, again.Data);
        Assert.Contains(kept.Data, slope => slope != 0);
    }

    [Fact]
    public void Terms_that_look_at_some_levels_only_need_no_others()
    {
        FloatImage kept = new(3, Height, Width), again = new(3, Height, Width);
        (IFeatureTerm, double)[] terms = [(_content, 2)];

        Assert.Equal(new FeatureLoss(_encoder, terms).Evaluate(_output, kept), new FeatureLoss(_encoder, terms, recompute: true).Evaluate(_output, again));
        Assert.Equal(kept.Data, again.Data);
        Assert.Contains(kept.Data, slope => slope != 0);
    }

    [Fact]
    public void The_same_output_gives_the_same_bits()
    {
        var loss = new FeatureLoss(_encoder, [(_style, 3), (_content, 2)]);
        FloatImage first = new(3, Height, Width), second = new(3, Height, Width);

        Assert.Equal(loss.Evaluate(_output, first), loss.Evaluate(_output, second));
        Assert.Equal(first.Data, second.Data);
    }
}
