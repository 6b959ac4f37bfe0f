using PhotoStyle.Imaging;
using PhotoStyle.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Engine.Tests.Losses;

public sealed class ContentTermTests
{
    private static readonly FloatImage Content = RandomImage.Uniform(3, 9, 11, seed: 1), Output = RandomImage.Uniform(3, 9, 11, seed: 2);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_value_is_the_squared_distance_relative_to_the_content(int level)
    {
        using var encoder = new MixingEncoder(seed: 3);
        using var term = new ContentTerm(encoder, Content, level);
        using DisposeScope scope = NewDisposeScope();
        var gradients = new Tensor?[2];

        double value = term.Evaluate(encoder.Encode(FeatureTensors.Image(Output)), gradients, weight: 4);

        double[] mine = [.. encoder.EncodeNaively(Output)[level].Cast<double>()], theirs = [.. encoder.EncodeNaively(Content)[level].Cast<double>()];
        double expected = mine.Zip(theirs, (a, b) => (a - b) * (a - b)).Sum() / theirs.Sum(b => b * b);
        Assert.Equal(expected, value, 1e-10);
        Assert.Null(gradients[1 - level]);
    }

    [Fact]
    public void The_value_can_be_the_mean_squared_difference()
    {
        using var encoder = new MixingEncoder(seed: 3);
        using var term = new ContentTerm(encoder, Content, level: 1, relative: false);
        using DisposeScope scope = NewDisposeScope();

        double value = term.Evaluate(encoder.Encode(FeatureTensors.Image(Output)), new Tensor?[2], weight: 4);

        double[] mine = [.. encoder.EncodeNaively(Output)[1].Cast<double>()], theirs = [.. encoder.EncodeNaively(Content)[1].Cast<double>()];
        Assert.Equal(mine.Zip(theirs, (a, b) => (a - b) * (a - b)).Average(), value, 1e-10);
        FeatureTensors.AssertGradient(term, [[4, 9, 11], [5, 4, 5]]);
    }

    [Fact]
    public void The_gradient_agrees_with_finite_differences()
    {
        using var encoder = new MixingEncoder(seed: 3);
        using var term = new ContentTerm(encoder, Content, level: 1);

        FeatureTensors.AssertGradient(term, [[4, 9, 11], [5, 4, 5]]);
    }

    [Fact]
    public void The_content_itself_has_no_loss()
    {
        using var encoder = new MixingEncoder(seed: 3);
        using var term = new ContentTerm(encoder, Content, level: 1);
        using DisposeScope scope = NewDisposeScope();

        Assert.Equal(0, term.Evaluate(encoder.Encode(FeatureTensors.Image(Content)), new Tensor?[2], weight: 1));
    }

    [Fact]
    public void A_content_without_any_feature_makes_nothing_infinite()
    {
        using var encoder = new MixingEncoder(seed: 3);
        var black = new FloatImage(3, 9, 11);
        using var term = new ContentTerm(encoder, black, level: 0);
        using DisposeScope scope = NewDisposeScope();

        foreach (FloatImage output in new[] { black, Output })
        {
            var gradients = new Tensor?[2];
            Assert.True(double.IsFinite(term.Evaluate(encoder.Encode(FeatureTensors.Image(output)), gradients, weight: 1)));
            Assert.True(gradients[0]!.isfinite().all().ToBoolean());
        }
    }
}
