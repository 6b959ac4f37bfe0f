using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Matting;
using PhotoStyle.Serialization;

namespace PhotoStyle.Engine.Tests.Grading;

public sealed class AffineFieldTests
{
    [Theory]
    [InlineData(0, 0.1, 9, 7)]
    [InlineData(2, 0.1, 9, 7)]
    [InlineData(3, 0.02, 20, 37)]
    public void The_joint_bilateral_filter_is_the_mean_weighted_by_place_and_colour(int radius, double range, int height, int width)
    {
        FloatImage planes = RandomImage.Uniform(2, height, width, seed: 1, low: -3, high: 3), guide = RandomImage.Uniform(3, height, width, seed: 2, low: 0.4f, high: 0.5f);

        FloatImage found = JointBilateralFilter.Filter(planes, guide, radius, range, TestContext.Current.CancellationToken);

        double deviation = Math.Max(radius / 3.0, 1e-3);
        for (int i = 0; i < planes.PixelCount; i++)
        {
            double total = 0;
            double[] sums = new double[2];
            for (int j = 0; j < planes.PixelCount; j++)
            {
                (int dy, int dx) = (j / width - i / width, j % width - i % width);
                if (Math.Max(Math.Abs(dy), Math.Abs(dx)) > radius) continue;
                double colour = Enumerable.Range(0, 3).Sum(c => Math.Pow((double)guide.Plane(c)[j] - guide.Plane(c)[i], 2));
                double weight = Math.Exp(-(dy * dy + dx * dx) / (2 * deviation * deviation) - colour / (2 * range * range));
                total += weight;
                for (int c = 0; c < 2; c++) sums[c] += weight * planes.Plane(c)[j];
            }
            for (int c = 0; c < 2; c++) Assert.Equal(sums[c] / total, found.Plane(c)[i], 1e-4);
        }
    }

    [Theory]
    [InlineData(12, 17)]
    [InlineData(3, 3)]
    [InlineData(2, 9)]
    public void A_picture_that_is_affine_in_the_content_is_fitted_as_it_is(int height, int width)
    {
        FloatImage content = RandomImage.Uniform(3, height, width, seed: 3), picture = Engine.Tests.Matting.TestImages.AffineOf(content);

        AffineField field = AffineField.Fit(content, picture, epsilon: 1e-7, radius: 0, range: 0.1, TestContext.Current.CancellationToken);

        Assert.True(field.HasTransforms);
        FloatImage applied = field.Apply(content);
        for (int i = 0; i < picture.Data.Length; i++) Assert.Equal(picture.Data[i], applied.Data[i], 2e-4f);
    }

    [Fact]
    public void Fits_are_ridge_regressions_in_the_window_around_each_pixel()
    {
        const int height = 7, width = 8;
        const double epsilon = 1e-3;
        FloatImage content = RandomImage.Uniform(3, height, width, seed: 4), picture = RandomImage.Uniform(3, height, width, seed: 5);

        FloatImage fits = new MattingLaplacian(content, epsilon).Fit(picture);

        for (int i = 0; i < content.PixelCount; i++)
        {
            (int cy, int cx) = (Math.Clamp(i / width, 1, height - 2), Math.Clamp(i % width, 1, width - 2));
            int[] window = [.. Enumerable.Range(0, 9).Select(k => (cy + k / 3 - 1) * width + cx + k % 3 - 1)];
            for (int c = 0; c < 3; c++)
            {
                double[] a = [.. Enumerable.Range(0, 4).Select(k => (double)fits.Plane(4 * c + k)[i])];
                double Residual(int p) => picture.Plane(c)[p] - a[0] * content.Plane(0)[p] - a[1] * content.Plane(1)[p] - a[2] * content.Plane(2)[p] - a[3];
                // Where the sum of squares with its ridge is least, its derivatives are zero.
                Assert.Equal(0, window.Sum(Residual), 1e-4);
                for (int k = 0; k < 3; k++) Assert.Equal(epsilon * a[k], window.Sum(p => Residual(p) * content.Plane(k)[p]), 1e-4);
            }
        }
    }

    [Fact]
    public void At_working_size_rendering_is_applying_and_at_others_the_transforms_are_interpolated()
    {
        FloatImage scene = Grades.Scene(24, 36);
        var field = new AffineField(Transforms(24, 36));
        var grade = new FieldGrade(field, Curve(), Grades.Info(1));
        using Photo photo = Photo.FromFloatImage(scene, bitDepth: 16);
        FloatImage read = photo.ToFloatImage(36), expected = field.Apply(read);

        using Photo rendered = grade.Render(photo);
        FloatImage found = rendered.ToFloatImage(36);
        for (int i = 0; i < expected.Data.Length; i++) Assert.Equal(Math.Clamp(expected.Data[i], 0, 1), found.Data[i], 2e-5f);

        // A transform that is the same everywhere is the same at every size.
        var constant = new FieldGrade(new AffineField(Constant(2, 3)), Curve(), Grades.Info(1));
        using Photo warm = constant.Render(photo), gridded = Grades.Constant(Grades.Warm).Render(photo), one = new FieldGrade(new AffineField(Constant(1, 1)), Curve(), Grades.Info(1)).Render(photo);
        FloatImage byField = warm.ToFloatImage(36), byGrid = gridded.ToFloatImage(36), byOne = one.ToFloatImage(36);
        for (int i = 0; i < byGrid.Data.Length; i++)
        {
            Assert.Equal(byGrid.Data[i], byField.Data[i], 3e-5f);
            Assert.Equal(byGrid.Data[i], byOne.Data[i], 3e-5f);
        }
    }

    [Theory]
    [InlineData(12)]
    [InlineData(3)]
    public void A_grade_of_a_field_comes_back_from_its_file_to_the_bit(int planes)
    {
        var grade = new FieldGrade(new AffineField(RandomImage.Uniform(planes, 5, 7, seed: 6)), Curve(), Grades.Info(2));
        var read = (FieldGrade)GradeFile.Load(new MemoryStream(Bytes(grade)), "a");

        Assert.Equal(grade.Field.Planes.Data, read.Field.Planes.Data);
        Assert.Equal((planes, 5, 7), (read.Field.Planes.Channels, read.Field.Planes.Height, read.Field.Planes.Width));
        Assert.Equal(grade.GlobalCurve, read.GlobalCurve);
        Assert.Equal(Bytes(grade), Bytes(read));
    }

    [Theory]
    [InlineData(4, 5, 7)]
    [InlineData(0, 5, 7)]
    [InlineData(12, 0, 7)]
    [InlineData(12, 1, 5000)]
    public void Fields_of_other_shapes_are_refused(int planes, int height, int width)
    {
        SafeTensors file = SafeTensors.Read(new MemoryStream(Bytes(new FieldGrade(new AffineField(new FloatImage(3, 2, 2)), Curve(), Grades.Info(1)))));
        file.Tensors["field"] = new([planes, height, width], new float[planes * height * width]);
        AssertRefused(file);
    }

    [Fact]
    public void Numbers_that_are_not_finite_and_a_global_part_that_is_missing_are_refused()
    {
        SafeTensors Sample() => SafeTensors.Read(new MemoryStream(Bytes(new FieldGrade(new AffineField(new FloatImage(3, 2, 2)), Curve(), Grades.Info(1)))));
        SafeTensors file = Sample();
        file.Tensors["field"].Values[3] = float.NaN;
        AssertRefused(file);
        file = Sample();
        file.Tensors["global"].Values[3] = float.PositiveInfinity;
        AssertRefused(file);
        file = Sample();
        file.Tensors.Remove("global");
        AssertRefused(file);
        file = Sample();
        file.Tensors["global"] = new([1, 12], new float[12]);
        AssertRefused(file);
    }

    [Fact]
    public void The_global_part_is_the_transform_that_fits_each_luma_best()
    {
        FloatImage content = Grades.Scene(40, 50), picture = new AffineField(Constant(40, 50)).Apply(content);

        float[] curve = GlobalCurve.Of(content, picture, depth: 4);

        Assert.Equal(4 * GridShape.CoefficientCount, curve.Length);
        var grade = new FieldGrade(new AffineField(Constant(1, 1)), curve, Grades.Info(1));
        (float red, float green, float blue) = CubeLut.Apply(grade, 0.5f, 0.45f, 0.4f, 1);
        float[] w = Grades.Warm.Coefficients;
        Assert.Equal(w[0] * 0.5f + w[1] * 0.45f + w[2] * 0.4f + w[3], red, 0.02f);
        Assert.Equal(w[4] * 0.5f + w[5] * 0.45f + w[6] * 0.4f + w[7], green, 0.02f);
        Assert.Equal(w[8] * 0.5f + w[9] * 0.45f + w[10] * 0.4f + w[11], blue, 0.02f);
        // Luma that no pixel has: the transform of the whole, or near it.
        Assert.All(curve, value => Assert.True(float.IsFinite(value)));
    }

    private static FloatImage Transforms(int height, int width)
    {
        FloatImage planes = Constant(height, width), noise = RandomImage.Uniform(12, height, width, seed: 7, low: -0.05f, high: 0.05f);
        for (int i = 0; i < planes.Data.Length; i++) planes.Data[i] += noise.Data[i];
        return planes;
    }

    private static FloatImage Constant(int height, int width)
    {
        var planes = new FloatImage(12, height, width);
        for (int k = 0; k < 12; k++) planes.Plane(k).Fill(Grades.Warm.Coefficients[k]);
        return planes;
    }

    private static float[] Curve() => [.. Grades.Warm.Coefficients, .. Grades.Warm.Coefficients];

    private static void AssertRefused(SafeTensors file)
    {
        var stream = new MemoryStream();
        file.Write(stream);
        stream.Position = 0;
        Assert.Equal(ErrorCode.GradeInvalid, Assert.Throws<PhotoStyleException>(() => GradeFile.Load(stream, "a")).Code);
    }

    private static byte[] Bytes(Grade grade)
    {
        var stream = new MemoryStream();
        GradeFile.Save(grade, stream);
        return stream.ToArray();
    }
}
