using PhotoStyle.Engine.Tests.Grading;
using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Engine.Tests.Transfer;

/// <summary>Photos that are hardly any.</summary>
public sealed class DifficultPhotoTests
{
    private static readonly string[] Kinds = ["scene", "black", "white", "grey", "mean colour", "one bright pixel"];

    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (string content in Kinds)
            {
                foreach (string style in Kinds) pairs.Add(content, style);
            }
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Flat_black_and_white_photos_give_a_grade_of_finite_numbers(string content, string style)
    {
        using Photo contentPhoto = Make(content, 26, 20), stylePhoto = Make(style, 22, 28);
        using IFeatureEncoder encoder = EmbeddedEncoder.Create();
        foreach (double contentWeight in new[] { 0.1, 0 })
        {
            var losses = new List<double>();

            Grade grade = StyleTransfer.Solve(
                new(contentPhoto),
                new(stylePhoto),
                encoder,
                SyntheticPair.Options with { Solver = SyntheticPair.Options.Solver with { ContentWeight = contentWeight } },
                p => losses.Add(p.Loss),
                cancellation: TestContext.Current.CancellationToken);

            Assert.All(losses, loss => Assert.True(double.IsFinite(loss)));
            Assert.All(((GridGrade)grade).Grids.Values, value => Assert.True(float.IsFinite(value)));
            Assert.All(grade.GlobalCurve, value => Assert.True(float.IsFinite(value)));
            if (contentWeight > 0 || content == "scene" || style is "scene" or "one bright pixel") continue;
            using Photo result = grade.Render(contentPhoto);
            FloatImage graded = result.ToFloatImage(26), wanted = stylePhoto.ToFloatImage(28);
            // One colour becomes the other.
            for (int c = 0; c < 3; c++) Assert.Equal(wanted.Plane(c)[0], graded.Plane(c)[7 * 26 + 11], 0.05f);
        }
    }

    [Theory]
    [InlineData(8, 8)]
    [InlineData(3, 200)]
    [InlineData(200, 3)]
    [InlineData(1, 1)]
    [InlineData(2000, 20)]
    public void Photos_too_small_or_narrow_for_the_encoder_are_told_as_such(int width, int height)
    {
        using Photo small = Make("scene", width, height), enough = Make("scene", 40, 30);
        using IFeatureEncoder encoder = EmbeddedEncoder.Create();
        foreach ((Photo content, Photo style) in new[] { (small, enough), (enough, small) })
        {
            PhotoStyleException error = Assert.Throws<PhotoStyleException>(() =>
                StyleTransfer.Solve(new(content), new(style), encoder, SyntheticPair.Options, cancellation: TestContext.Current.CancellationToken));
            Assert.Equal(ErrorCode.ImageTooSmall, error.Code);
            Assert.Contains(content == small ? "content" : "style", error.Message, StringComparison.Ordinal);
            Assert.Contains(FormattableString.Invariant($"{width}×{height}"), error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    public void The_smallest_photo_that_is_taken_gives_a_grade_and_one_pixel_less_does_not(int padding, int classes)
    {
        using var encoder = new ConvolutionalEncoder("deep", OrthogonalWeights.Create([[4], [4], [4], [4], [4]], seed: 1), (Padding)padding);
        int least = Enumerable.Range(1, 64).First(side => Takes(side, side));

        Assert.InRange(least, encoder.Levels[^1].Stride, 2 * encoder.Levels[^1].Stride);
        Assert.True(Takes(least, 64) && Takes(64, least));
        Assert.False(Takes(least - 1, 64) || Takes(64, least - 1));

        bool Takes(int width, int height)
        {
            using Photo photo = Make("scene", width, height);
            TransferInput input = new(photo, new LabelMap(width, height, RandomImage.Stripes(height, width, classes, seed: 1)));
            try
            {
                Grade grade = StyleTransfer.Solve(input, input, encoder, SyntheticPair.Options, cancellation: TestContext.Current.CancellationToken);
                Assert.All(((GridGrade)grade).Grids.Values, value => Assert.True(float.IsFinite(value)));
                return true;
            }
            catch (PhotoStyleException e)
            {
                Assert.Equal(ErrorCode.ImageTooSmall, e.Code);
                return false;
            }
        }
    }

    [Fact]
    public void A_photo_smaller_than_the_working_size_is_not_enlarged()
    {
        using Photo content = Make("scene", 40, 30), style = Make("scene", 44, 36);
        var grid = (GridGrade)SyntheticPair.Solve(
            new(content, new LabelMap(40, 30, RandomImage.Stripes(30, 40, 2, seed: 1))), new(style, new LabelMap(44, 36, RandomImage.Stripes(36, 44, 2, seed: 1))));

        Assert.Equal((40, 30), (grid.MaskFields!.Planes.Width, grid.MaskFields.Planes.Height));
    }

    private static Photo Make(string kind, int width, int height)
    {
        FloatImage image = kind == "scene" ? Grades.Scene(height, width) : new(3, height, width);
        float[] colour = kind switch { "white" => [1, 1, 1], "grey" => [0.5f, 0.5f, 0.5f], "mean colour" => [0.485f, 0.456f, 0.406f], _ => [0, 0, 0] };
        for (int c = 0; c < 3 && kind != "scene"; c++) image.Plane(c).Fill(colour[c]);
        if (kind == "one bright pixel") image.Data[0] = 1;
        return Photo.FromFloatImage(image, 16);
    }
}
