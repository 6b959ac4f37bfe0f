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

    private static GridRowInput Row(FloatImage photo, int y) => new(photo.Row(0, y), photo.Row(1, y), photo.Row(2, y), default);
}
