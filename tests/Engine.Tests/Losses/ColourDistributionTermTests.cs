using PhotoStyle.Imaging;
using PhotoStyle.Losses;

namespace PhotoStyle.Engine.Tests.Losses;

public sealed class ColourDistributionTermTests
{
    private const int Height = 14, Width = 18;

    [Fact]
    public void The_same_colours_in_any_order_are_no_distance()
    {
        FloatImage style = RandomImage.Uniform(3, Height, Width, seed: 1), masks = One(Height, Width);
        // Columns mirrored: what is looked at, every second place, stays among itself when the width is odd.
        FloatImage odd = RandomImage.Uniform(3, Height, 17, seed: 1), mirrored = new(3, Height, 17);
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < Height; y++)
            {
                odd.Row(c, y).CopyTo(mirrored.Row(c, y));
                mirrored.Row(c, y).Reverse();
            }
        }

        Assert.InRange(Value(new ColourDistributionTerm(odd, One(Height, 17), One(Height, 17)), mirrored), 0, 1e-5);
        Assert.InRange(Value(new ColourDistributionTerm(style, masks, masks), RandomImage.Uniform(3, Height, Width, seed: 2)), 1e-4, 1);
    }

    [Fact]
    public void A_shift_of_lightness_costs_its_square_times_the_mean_square_of_the_directions()
    {
        // Greys: L* is all there is, and a second style lighter by 0.1 in L*/100 is that far along each direction's first coordinate, whose mean square is about 1/3.
        FloatImage Grey(double lightness)
        {
            var image = new FloatImage(3, Height, Width);
            double linear = Math.Pow((100 * lightness + 16) / 116, 3);
            image.Data.AsSpan().Fill((float)(1.055 * Math.Pow(linear, 1 / 2.4) - 0.055));
            return image;
        }
        FloatImage masks = One(Height, Width);

        Assert.Equal(0.01 / 3, Value(new ColourDistributionTerm(Grey(0.6), masks, masks), Grey(0.5)), 1e-4);
    }

    [Fact]
    public void The_gradient_is_that_of_the_value()
    {
        FloatImage style = RandomImage.Uniform(3, 12, 16, seed: 3), output = RandomImage.Uniform(3, Height, Width, seed: 4);
        (FloatImage masks, FloatImage styleMasks) = ClassMasks.Make("soft borders", (Height, Width), (12, 16));
        var term = new ColourDistributionTerm(style, styleMasks, masks);
        const double weight = 0.7;
        var gradient = new FloatImage(3, Height, Width);
        term.Evaluate(output, gradient, weight);

        // A step so small that hardly any two colours change places.
        foreach (int i in new[] { 0, 4, 2 * Width + 6, output.PixelCount + 4 * Width + 8, 2 * output.PixelCount + 10 })
        {
            const float step = 3e-4f;
            double Moved(float by)
            {
                var moved = new FloatImage(3, Height, Width, [.. output.Data]);
                moved.Data[i] += by;
                return Value(term, moved);
            }
            double slope = weight * (Moved(step) - Moved(-step)) / (2 * step);
            Assert.Equal(slope, gradient.Data[i], 2e-2 * Math.Abs(slope) + 2e-5);
        }
        // Places that are not looked at have none.
        Assert.Equal(0, gradient.Data[1]);
        Assert.Equal(0, gradient.Data[Width]);
    }

    [Fact]
    public void Going_down_the_gradient_comes_nearer()
    {
        FloatImage style = RandomImage.Uniform(3, Height, Width, seed: 7), output = RandomImage.Uniform(3, Height, Width, seed: 8), masks = One(Height, Width);
        for (int i = 0; i < style.Data.Length; i++) style.Data[i] = 0.3f + 0.2f * style.Data[i];
        var term = new ColourDistributionTerm(style, masks, masks);
        double before = Value(term, output);
        for (int round = 0; round < 20; round++)
        {
            var gradient = new FloatImage(3, Height, Width);
            term.Evaluate(output, gradient, 1);
            for (int i = 0; i < output.Data.Length; i++) output.Data[i] -= 20 * gradient.Data[i];
        }

        Assert.InRange(Value(term, output), 0, before / 10);
    }

    [Fact]
    public void A_class_that_one_of_the_photos_lacks_does_not_count()
    {
        FloatImage image = RandomImage.Uniform(3, Height, Width, seed: 9), other = RandomImage.Uniform(3, Height, Width, seed: 10);
        var absent = new FloatImage(2, Height, Width);
        absent.Plane(0).Fill(1);
        var halves = new FloatImage(2, Height, Width);
        for (int y = 0; y < Height; y++) halves.Row(y % 4 < 2 ? 0 : 1, y).Fill(1);
        var gradient = new FloatImage(3, Height, Width);

        double value = new ColourDistributionTerm(image, absent, halves).Evaluate(other, gradient, 1);

        Assert.True(double.IsFinite(value) && value > 0);
        Assert.NotEqual(0, gradient.Data[0]);
        Assert.Equal(0, gradient.Data[2 * Width]);
        Assert.Equal(0, new ColourDistributionTerm(image, new FloatImage(1, Height, Width), One(Height, Width)).Evaluate(other, gradient, 1));
    }

    private static FloatImage One(int height, int width)
    {
        var masks = new FloatImage(1, height, width);
        masks.Plane(0).Fill(1);
        return masks;
    }

    private static double Value(ColourDistributionTerm term, FloatImage output) => term.Evaluate(output, new FloatImage(3, output.Height, output.Width), 1);
}
