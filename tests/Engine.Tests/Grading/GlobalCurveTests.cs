using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Engine.Tests.Grading;

public sealed class GlobalCurveTests
{
    private static readonly GridShape Shape = Grades.Shape;

    [Fact]
    public void One_transform_everywhere_is_the_global_part()
    {
        FloatImage photo = Grades.Scene(20, 30);
        (_, FloatImage masks) = Grades.Classes(photo, 2, seed: 1);

        float[] curve = GlobalCurve.Of(AffineGrids.Constant(Shape, [Grades.Warm, Grades.Warm]), new ClassedImage(photo, masks));

        Assert.Equal(Shape.Depth * GridShape.CoefficientCount, curve.Length);
        for (int i = 0; i < curve.Length; i++) Assert.Equal(Grades.Warm.Coefficients[i % GridShape.CoefficientCount], curve[i], 1e-5f);
    }

    [Fact]
    public void Classes_count_by_the_pixels_that_they_have()
    {
        FloatImage photo = new(3, 20, 40), masks = new(2, 20, 40);
        photo.Data.AsSpan().Fill(0.5f);
        for (int i = 0; i < photo.PixelCount; i++) masks.Plane(i % 4 == 0 ? 1 : 0)[i] = 1;
        var doubled = new ColourTransform([.. ColourTransform.Identity.Coefficients.Select(a => 2 * a)]);

        float[] curve = GlobalCurve.Of(AffineGrids.Constant(Shape, [ColourTransform.Identity, doubled]), new ClassedImage(photo, masks));

        // All pixels have the luma of the middle one of three cells.
        Assert.Equal(1.25, curve[GridShape.CoefficientCount], 0.01);
        // No pixel has that of the others: each class counts alike.
        Assert.Equal(1.5, curve[0], 0.01);
        Assert.Equal(1.5, curve[2 * GridShape.CoefficientCount], 0.01);
    }
}
