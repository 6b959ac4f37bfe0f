using PhotoStyle.Engine.Tests.Grading;
using PhotoStyle.Engine.Tests.Transfer;
using PhotoStyle.Features;
using PhotoStyle.Imaging;
using PhotoStyle.Scoring;

namespace PhotoStyle.Engine.Tests.Scoring;

public sealed class ResultScoreTests : IDisposable
{
    private readonly SyntheticPair _pair = new();
    private readonly ConvolutionalEncoder _encoder = SyntheticPair.Encoder();

    public void Dispose()
    {
        _pair.Dispose();
        _encoder.Dispose();
    }

    [Fact]
    public void The_content_itself_has_its_structure_and_none_of_the_style()
    {
        Scores scores = Measure(_pair.Content);

        Assert.Equal(1, scores.Struct, 1e-9);
        Assert.Equal(0, scores.Lap, 1e-5);
        Assert.True(scores.Swd > 0.05 && scores.Gram > 0.1);
    }

    [Fact]
    public void The_style_itself_has_no_distance_to_it()
    {
        Scores scores = ResultScore.Measure(_pair.Style, _pair.LabelledStyle, _pair.LabelledStyle, _encoder);

        Assert.Equal(0, scores.Swd, 1e-6);
        Assert.Equal(0, scores.Gram, 1e-6);
    }

    [Fact]
    public void A_transfer_comes_closer_to_the_style_and_keeps_the_structure()
    {
        Scores before = Measure(_pair.Content);
        using Photo result = SyntheticPair.Solve(_pair.LabelledContent, _pair.LabelledStyle).Render(_pair.Content);

        Scores after = Measure(result);

        Assert.True(after.Swd < before.Swd / 2 && after.Gram < before.Gram / 2);
        Assert.InRange(after.Struct, 0.7, 1);
    }

    [Fact]
    public void A_result_of_another_shape_is_refused()
    {
        using Photo other = Photo.FromFloatImage(Grades.Scene(64, 90));

        PhotoStyleException error = Assert.Throws<PhotoStyleException>(() => Measure(other));

        Assert.Equal(ErrorCode.OptionInvalid, error.Code);
        Assert.Contains("90×64", error.Message, StringComparison.Ordinal);
        Assert.Contains("96×64", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 60)]
    [InlineData(60, 10)]
    public void Photos_too_small_for_the_figures_are_told_as_such(int width, int height)
    {
        using Photo small = Photo.FromFloatImage(Grades.Scene(height, width));

        Assert.Equal(ErrorCode.ImageTooSmall, Assert.Throws<PhotoStyleException>(() => ResultScore.Measure(small, new(small), _pair.LabelledStyle, _encoder)).Code);
        Assert.Equal(ErrorCode.ImageTooSmall, Assert.Throws<PhotoStyleException>(() => ResultScore.Measure(_pair.Content, _pair.LabelledContent, new(small), _encoder)).Code);
    }

    private Scores Measure(Photo result) => ResultScore.Measure(result, _pair.LabelledContent, _pair.LabelledStyle, _encoder);
}
