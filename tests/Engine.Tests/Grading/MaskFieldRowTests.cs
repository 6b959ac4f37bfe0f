using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Engine.Tests.Grading;

public sealed class MaskFieldRowTests
{
    [Theory]
    [InlineData(30, 44, 2)]
    [InlineData(37, 29, 3)]
    public void At_the_size_of_the_fields_the_masks_are_those_of_the_solver(int height, int width, int classes)
    {
        FloatImage photo = Grades.Scene(height, width);
        (GuidedFilterCoefficients fields, FloatImage masks) = Grades.Classes(photo, classes, seed: 1);
        var row = new MaskFieldRow(fields, width);

        for (int y = 0; y < height; y++)
        {
            row.Evaluate(Row(photo, y), (y + 0.5f) / height);
            for (int k = 0; k < classes; k++)
            {
                for (int x = 0; x < width; x++) Assert.Equal(masks.Row(k, y)[x], row.Masks.Row(k, 0)[x], 1e-4f);
            }
        }
    }

    [Theory]
    [InlineData(47, 66)]
    [InlineData(9, 200)]
    [InlineData(11, 13)]
    public void At_another_size_the_fields_are_interpolated_linearly(int height, int width)
    {
        (GuidedFilterCoefficients fields, _) = Grades.Classes(Grades.Scene(20, 24), 3, seed: 2);
        FloatImage photo = RandomImage.Uniform(3, height, width, seed: 1), expected = new(3, height, width);
        for (int k = 0; k < 3; k++)
        {
            for (int i = 0; i < photo.PixelCount; i++)
            {
                double At(int coefficient) => Bilinear(fields.Planes, k * 4 + coefficient, (i % width + 0.5) / width, (i / width + 0.5) / height);
                expected.Plane(k)[i] = (float)(At(0) * photo.Plane(0)[i] + At(1) * photo.Plane(1)[i] + At(2) * photo.Plane(2)[i] + At(3));
            }
        }
        SoftMasks.Normalise(expected);
        var row = new MaskFieldRow(fields, width);

        for (int y = 0; y < height; y++)
        {
            row.Evaluate(Row(photo, y), (y + 0.5f) / height);
            for (int k = 0; k < 3; k++)
            {
                for (int x = 0; x < width; x++) Assert.Equal(expected.Row(k, y)[x], row.Masks.Row(k, 0)[x], 1e-3f);
            }
        }
    }

    [Fact]
    public void At_any_size_the_masks_are_shares_that_sum_to_one()
    {
        FloatImage small = Grades.Scene(20, 24), large = RandomImage.Uniform(3, 70, 83, seed: 1);
        (GuidedFilterCoefficients fields, _) = Grades.Classes(small, 3, seed: 2);
        var row = new MaskFieldRow(fields, large.Width);

        for (int y = 0; y < large.Height; y++)
        {
            row.Evaluate(Row(large, y), (y + 0.5f) / large.Height);
            for (int x = 0; x < large.Width; x++)
            {
                double sum = 0;
                for (int k = 0; k < 3; k++)
                {
                    Assert.InRange(row.Masks.Row(k, 0)[x], 0, 1);
                    sum += row.Masks.Row(k, 0)[x];
                }
                Assert.Equal(1, sum, 1e-6);
            }
        }
    }

    /// <summary>Between the centres of pixels; beyond the outermost ones their values.</summary>
    private static double Bilinear(FloatImage planes, int channel, double x, double y)
    {
        double u = Math.Clamp(x * planes.Width - 0.5, 0, planes.Width - 1), v = Math.Clamp(y * planes.Height - 0.5, 0, planes.Height - 1);
        double sum = 0;
        for (int row = 0; row < planes.Height; row++)
        {
            for (int column = 0; column < planes.Width; column++)
                sum += Math.Max(0, 1 - Math.Abs(u - column)) * Math.Max(0, 1 - Math.Abs(v - row)) * planes.Row(channel, row)[column];
        }
        return sum;
    }

    private static GridRowInput Row(FloatImage photo, int y) => new(photo.Row(0, y), photo.Row(1, y), photo.Row(2, y), default);
}
