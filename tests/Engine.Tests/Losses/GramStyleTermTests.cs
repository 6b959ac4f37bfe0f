using PhotoStyle.Imaging;
using PhotoStyle.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Engine.Tests.Losses;

public sealed class GramStyleTermTests
{
    private static readonly (int Height, int Width) ContentSize = (9, 11), StyleSize = (8, 13);

    public static TheoryData<string> Kinds => [.. ClassMasks.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_value_agrees_with_the_definition(string kind)
    {
        using var encoder = new MixingEncoder(seed: 1);
        FloatImage output = RandomImage.Uniform(3, ContentSize.Height, ContentSize.Width, seed: 2);
        FloatImage style = RandomImage.Uniform(3, StyleSize.Height, StyleSize.Width, seed: 3);
        (FloatImage Content, FloatImage Style) masks = ClassMasks.Make(kind, ContentSize, StyleSize);
        using var term = new GramStyleTerm(encoder, style, masks.Style, masks.Content);
        using DisposeScope scope = NewDisposeScope();

        double value = term.Evaluate(encoder.Encode(FeatureTensors.Image(output)), new Tensor?[2], weight: 3);

        double expected = NaiveGramStyle.Value(encoder.EncodeNaively(output), encoder.EncodeNaively(style), masks);
        Assert.Equal(kind == "too small everywhere", expected == 0);
        Assert.Equal(expected, value, 1e-6 * expected);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_gradient_agrees_with_finite_differences(string kind)
    {
        using var encoder = new MixingEncoder(seed: 1);
        FloatImage style = RandomImage.Uniform(3, StyleSize.Height, StyleSize.Width, seed: 3);
        (FloatImage Content, FloatImage Style) masks = ClassMasks.Make(kind, ContentSize, StyleSize);
        using var term = new GramStyleTerm(encoder, style, masks.Style, masks.Content);

        FeatureTensors.AssertGradient(term, [[4, ContentSize.Height, ContentSize.Width], [5, ContentSize.Height / 2, ContentSize.Width / 2]]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Differences_can_be_measured_in_the_units_of_the_published_code(string kind)
    {
        using var encoder = new MixingEncoder(seed: 1);
        FloatImage output = RandomImage.Uniform(3, ContentSize.Height, ContentSize.Width, seed: 2);
        FloatImage style = RandomImage.Uniform(3, StyleSize.Height, StyleSize.Width, seed: 3);
        (FloatImage Content, FloatImage Style) masks = ClassMasks.Make(kind, ContentSize, StyleSize);
        using var term = new GramStyleTerm(encoder, style, masks.Style, masks.Content, Published(1, 1));
        using DisposeScope scope = NewDisposeScope();

        double value = term.Evaluate(encoder.Encode(FeatureTensors.Image(output)), new Tensor?[2], weight: 3);

        double expected = NaiveGramStyle.Value(encoder.EncodeNaively(output), encoder.EncodeNaively(style), masks, relative: false);
        Assert.Equal(expected, value, 1e-6 * expected);
        FeatureTensors.AssertGradient(term, [[4, ContentSize.Height, ContentSize.Width], [5, ContentSize.Height / 2, ContentSize.Width / 2]]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Lifts_are_applied_to_matrices_as_if_to_every_feature(string kind)
    {
        using var encoder = new MixingEncoder(seed: 1) { Lifts = true };
        FloatImage output = RandomImage.Uniform(3, ContentSize.Height, ContentSize.Width, seed: 2);
        FloatImage style = RandomImage.Uniform(3, StyleSize.Height, StyleSize.Width, seed: 3);
        (FloatImage Content, FloatImage Style) masks = ClassMasks.Make(kind, ContentSize, StyleSize);
        using var term = new GramStyleTerm(encoder, style, masks.Style, masks.Content);
        using DisposeScope scope = NewDisposeScope();

        double value = term.Evaluate(encoder.EncodeUnlifted(FeatureTensors.Image(output)), new Tensor?[2], weight: 3);

        double expected = NaiveGramStyle.Value(encoder.EncodeNaively(output), encoder.EncodeNaively(style), masks);
        Assert.Equal(expected, value, 1e-6 * expected);
        FeatureTensors.AssertGradient(term, [[3, ContentSize.Height, ContentSize.Width], [3, ContentSize.Height / 2, ContentSize.Width / 2]]);
    }

    [Fact]
    public void Levels_have_weights_and_at_zero_are_not_looked_at()
    {
        using var encoder = new MixingEncoder(seed: 1);
        FloatImage output = RandomImage.Uniform(3, 12, 10, seed: 2), style = RandomImage.Uniform(3, 12, 10, seed: 3);
        (FloatImage masks, _) = ClassMasks.Make("soft borders", (12, 10), (12, 10));
        var gradients = new Tensor?[2];
        using DisposeScope scope = NewDisposeScope();
        double Value(double first, double second)
        {
            gradients = new Tensor?[2];
            using var term = new GramStyleTerm(encoder, style, masks, masks, Published(first, second));
            return term.Evaluate(encoder.Encode(FeatureTensors.Image(output)), gradients, weight: 1);
        }

        double both = Value(2, 3), second = Value(0, 3);
        Assert.Null(gradients[0]);
        Assert.Equal(both, 2 * Value(1, 0) + second, 1e-12);
    }

    private static GramStyleOptions Published(double first, double second) =>
        new([first, second], GramScale.Channels, (masks, levels) => [.. levels.Select(level => MaskPyramid.Reduce(masks, level.Stride))]);

    [Fact]
    public void A_photo_that_is_its_own_style_has_no_loss_and_no_slope()
    {
        using var encoder = new MixingEncoder(seed: 1);
        FloatImage photo = RandomImage.Uniform(3, 12, 10, seed: 2);
        (FloatImage masks, _) = ClassMasks.Make("soft borders", (12, 10), (12, 10));
        using var term = new GramStyleTerm(encoder, photo, masks, masks);
        using DisposeScope scope = NewDisposeScope();
        var gradients = new Tensor?[2];

        Assert.Equal(0, term.Evaluate(encoder.Encode(FeatureTensors.Image(photo)), gradients, weight: 1), 1e-12);
        Assert.All(gradients, gradient => Assert.Equal(0, gradient!.abs().max().ToDouble(), 1e-6));
    }

    [Fact]
    public void The_loss_is_divided_by_the_scale_of_the_encoder()
    {
        FloatImage output = RandomImage.Uniform(3, 12, 10, seed: 2), style = RandomImage.Uniform(3, 12, 10, seed: 3);
        (FloatImage masks, _) = ClassMasks.Make("soft borders", (12, 10), (12, 10));
        double Value(double scale)
        {
            using var encoder = new MixingEncoder(seed: 1) { StyleScale = scale };
            using var term = new GramStyleTerm(encoder, style, masks, masks);
            using DisposeScope scope = NewDisposeScope();
            return term.Evaluate(encoder.Encode(FeatureTensors.Image(output)), new Tensor?[2], weight: 1);
        }

        Assert.Equal(Value(1) / 3, Value(3), 1e-12);
    }

    [Fact]
    public void A_style_without_any_feature_makes_nothing_infinite()
    {
        using var encoder = new MixingEncoder(seed: 1);
        FloatImage black = new(3, 8, 8), output = RandomImage.Uniform(3, 8, 8, seed: 2);
        (FloatImage masks, _) = ClassMasks.Make("one class", (8, 8), (8, 8));
        using var term = new GramStyleTerm(encoder, black, masks, masks);
        using DisposeScope scope = NewDisposeScope();
        var gradients = new Tensor?[2];

        Assert.True(double.IsFinite(term.Evaluate(encoder.Encode(FeatureTensors.Image(output)), gradients, weight: 1)));
        Assert.True(double.IsFinite(term.Evaluate(encoder.Encode(FeatureTensors.Image(black)), gradients, weight: 1)));
        Assert.All(gradients, gradient => Assert.True(gradient is null || gradient.isfinite().all().ToBoolean()));
    }
}
