using NetVips;
using PhotoStyle.Engine.Tests.Imaging;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Engine.Tests.Grading;

public sealed class GradeRendererTests
{
    [Theory]
    [InlineData(1, 8)]
    [InlineData(3, 8)]
    [InlineData(1, 16)]
    [InlineData(3, 16)]
    public void At_the_size_it_was_solved_at_a_grade_does_what_the_solver_saw(int classes, int bitDepth)
    {
        using Photo photo = Photo.FromFloatImage(Grades.Scene(40, 52), bitDepth);
        FloatImage image = photo.ToFloatImage(52), expected = new(3, 40, 52);
        (GuidedFilterCoefficients fields, FloatImage masks) = Grades.Classes(image, classes, seed: 1);
        AffineGrids grids = Grades.RandomGrids(classes, Grades.Shape, seed: 2, deviation: 0.2f);
        new GridSlicing(image, masks, Grades.Shape).Apply(grids.Values, expected);

        using Photo result = Grades.Of(grids, classes == 1 ? null : fields).Render(photo);

        double rounding = 0.5 / (bitDepth == 16 ? 65535 : 255) + 1e-4;
        FloatImage found = result.ToFloatImage(52);
        for (int i = 0; i < expected.Data.Length; i++) Assert.Equal(Math.Clamp(expected.Data[i], 0, 1), found.Data[i], rounding);
    }

    [Theory]
    [InlineData(3, 8)]
    [InlineData(4, 8)]
    [InlineData(3, 16)]
    [InlineData(4, 16)]
    public void Strength_zero_returns_every_sample_as_it_was(int channels, int bitDepth)
    {
        int width = bitDepth == 16 ? 256 : 16, height = bitDepth == 16 ? 256 : 16;
        // Every value there is, in another order in each channel.
        ushort[] values = [.. Enumerable.Range(0, width * height * channels).Select(i => (ushort)((i / channels + i % channels * 77) % (width * height)))];
        using Photo photo = PhotoOf(values, width, height, channels, bitDepth);
        (GuidedFilterCoefficients fields, _) = Grades.Classes(photo.ToFloatImage(width), 2, seed: 1);

        using Photo result = Grades.Of(Grades.RandomGrids(2, Grades.Shape, seed: 2, deviation: 1), fields).Render(photo, strength: 0);

        Assert.Equal(values, Pictures.Samples(result));
    }

    [Fact]
    public void A_grade_of_identities_returns_every_sample_as_it_was()
    {
        using Photo photo = Photo.FromFloatImage(RandomImage.Uniform(3, 30, 40, seed: 1), 16);

        using Photo result = Grades.Constant(ColourTransform.Identity).Render(photo);

        Assert.Equal(Pictures.Samples(photo), Pictures.Samples(result));
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(1.5)]
    public void The_effect_is_proportional_to_the_strength_where_nothing_clips(double strength)
    {
        using Photo photo = Photo.FromFloatImage(Grades.Scene(40, 52), 16);
        (GuidedFilterCoefficients fields, _) = Grades.Classes(photo.ToFloatImage(52), 2, seed: 1);
        Grade grade = Grades.Of(Grades.WithoutClipping(Grades.RandomGrids(2, Grades.Shape, seed: 2)), fields);

        using Photo full = grade.Render(photo), part = grade.Render(photo, strength);

        ushort[] before = Pictures.Samples(photo), after = Pictures.Samples(full), between = Pictures.Samples(part);
        Assert.DoesNotContain((ushort)65535, between);
        Assert.True(Pictures.LargestDifference(before, after) > 3000);
        for (int i = 0; i < before.Length; i++) Assert.Equal(before[i] + strength * (after[i] - before[i]), between[i], 1.5);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void Opacity_depth_and_metadata_are_carried_along(int bitDepth)
    {
        ushort[] values = [.. Enumerable.Range(0, 9 * 7 * 4).Select(i => (ushort)(i * 37 % 256))];
        using Photo photo = PhotoOf(values, 9, 7, 4, bitDepth);

        using Photo result = Grades.Constant(Grades.Warm).Render(photo);

        Assert.Equal((9, 7, 4, bitDepth), (result.Width, result.Height, result.Channels, result.BitDepth));
        Assert.Same(photo.Metadata, result.Metadata);
        Assert.Equal(values.Where((_, i) => i % 4 == 3), Pictures.Samples(result).Where((_, i) => i % 4 == 3));
        Assert.NotEqual(values, Pictures.Samples(result));
    }

    [Fact]
    public void A_photo_of_one_colour_shows_no_seam()
    {
        var flat = new FloatImage(3, 120, 160);
        for (int c = 0; c < 3; c++) flat.Plane(c).Fill(0.3f + 0.1f * c);
        using Photo photo = Photo.FromFloatImage(flat, 16);
        AffineGrids grids = Grades.WithoutClipping(Grades.RandomGrids(1, Grades.Shape, seed: 1, deviation: 0.3f));

        using Photo result = Grades.Of(grids).Render(photo);

        // Between two cells lie 32 columns or 30 rows; cells differ by at most 0.6 · 0.6 in each of four coefficients.
        const double most = 4 * 0.36 / 30 * 65535;
        FloatImage image = result.ToFloatImage(160);
        double largest = 0;
        for (int c = 0; c < 3; c++)
        {
            for (int y = 1; y < 120; y++)
            {
                for (int x = 1; x < 160; x++)
                {
                    float here = image.Row(c, y)[x];
                    largest = Math.Max(largest, 65535 * Math.Max(Math.Abs(here - image.Row(c, y)[x - 1]), Math.Abs(here - image.Row(c, y - 1)[x])));
                }
            }
        }
        Assert.InRange(largest, 1, most / 2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_enlarged_photo_gets_the_colours_of_the_small_one(int classes)
    {
        const int height = 30, width = 36, times = 3;
        using Photo small = Photo.FromFloatImage(Grades.Scene(height, width), 16);
        FloatImage image = small.ToFloatImage(width), enlarged = new(3, height * times, width * times);
        for (int i = 0; i < enlarged.Data.Length; i++)
        {
            int c = i / enlarged.PixelCount, y = i % enlarged.PixelCount / enlarged.Width, x = i % enlarged.Width;
            enlarged.Data[i] = image.Row(c, y / times)[x / times];
        }
        using Photo large = Photo.FromFloatImage(enlarged, 16);
        (GuidedFilterCoefficients fields, _) = Grades.Classes(image, classes, seed: 1);
        Grade grade = Grades.Of(Grades.WithoutClipping(Grades.RandomGrids(classes, Grades.Shape, seed: 2)), classes == 1 ? null : fields);

        using Photo gradedSmall = grade.Render(small), gradedLarge = grade.Render(large);

        FloatImage expected = gradedSmall.ToFloatImage(width), found = gradedLarge.ToFloatImage(width * times);
        double sum = 0;
        for (int i = 0; i < found.Data.Length; i++)
        {
            int c = i / found.PixelCount, y = i % found.PixelCount / found.Width, x = i % found.Width;
            double difference = Math.Abs(expected.Row(c, y / times)[x / times] - found.Row(c, y)[x]);
            sum += difference;
            // The middle one of nine lies exactly where the small pixel lies.
            if (y % times == 1 && x % times == 1) Assert.InRange(difference, 0, 1e-4);
        }
        Assert.InRange(sum / found.Data.Length, 0, 0.01);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 50)]
    [InlineData(50, 1)]
    public void Photos_of_one_row_or_column_are_graded_too(int width, int height)
    {
        using Photo photo = Photo.FromFloatImage(Grades.Scene(height, width), 16);
        (GuidedFilterCoefficients fields, _) = Grades.Classes(Grades.Scene(20, 24), 2, seed: 1);
        AffineGrids constant = AffineGrids.Constant(Grades.Shape, [Grades.Warm, Grades.Warm]);

        using Photo result = Grades.Of(constant, fields).Render(photo);

        FloatImage before = photo.ToFloatImage(50), after = result.ToFloatImage(50);
        for (int i = 0; i < before.PixelCount; i++)
        {
            for (int c = 0; c < 3; c++)
            {
                float[] row = Grades.Warm.Coefficients[(c * 4)..(c * 4 + 4)];
                Assert.Equal(row[0] * before.Plane(0)[i] + row[1] * before.Plane(1)[i] + row[2] * before.Plane(2)[i] + row[3], after.Plane(c)[i], 1e-4);
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 8)]
    [InlineData(8, 1)]
    public void Class_fields_of_one_row_or_column_do_for_any_photo(int fieldWidth, int fieldHeight)
    {
        var planes = new FloatImage(8, fieldHeight, fieldWidth);
        planes.Plane(3).Fill(1);
        using Photo photo = Photo.FromFloatImage(Grades.Scene(9, 13), 16);
        AffineGrids grids = AffineGrids.Constant(Grades.Shape, [ColourTransform.Identity, Grades.Warm]);

        using Photo result = Grades.Of(grids, new GuidedFilterCoefficients(3, planes)).Render(photo);

        Assert.Equal(Pictures.Samples(photo), Pictures.Samples(result));
    }

    [Fact]
    public void Every_row_is_counted_once()
    {
        using Photo photo = Photo.FromFloatImage(Grades.Scene(61, 10));
        int rows = 0;

        using Photo result = GradeRenderer.Render(
            Grades.Constant(Grades.Warm), photo, rowsDone: done => Interlocked.Add(ref rows, done), cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(61, rows);
    }

    [Fact]
    public void A_cancellation_stops_between_rows()
    {
        using Photo photo = Photo.FromFloatImage(Grades.Scene(2000, 4));
        using var cancellation = new CancellationTokenSource();
        int rows = 0;

        Assert.ThrowsAny<OperationCanceledException>(() => GradeRenderer.Render(Grades.Constant(Grades.Warm), photo, 1, _ =>
        {
            // Others wait until it is cancelled, or on a busy machine they could be through before.
            if (Interlocked.Increment(ref rows) == 1) cancellation.Cancel();
            else cancellation.Token.WaitHandle.WaitOne();
        }, cancellation.Token));

        Assert.InRange(rows, 1, 1999);
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.51)]
    [InlineData(double.NaN)]
    public void A_strength_out_of_range_is_refused(double strength)
    {
        using Photo photo = Photo.FromFloatImage(Grades.Scene(4, 4));

        Assert.Equal(
            ErrorCode.OptionInvalid, Assert.Throws<PhotoStyleException>(() => Grades.Constant(Grades.Warm).Render(photo, strength)).Code);
    }

    private static Photo PhotoOf(ushort[] values, int width, int height, int channels, int bitDepth)
    {
        using Image picture = Pictures.Of(values, width, height, channels, bitDepth);
        return PhotoReader.Read(picture.PngsaveBuffer(), "made");
    }
}
