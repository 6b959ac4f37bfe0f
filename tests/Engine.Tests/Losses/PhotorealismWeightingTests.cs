using PhotoStyle.Imaging;
using PhotoStyle.Losses;

namespace PhotoStyle.Engine.Tests.Losses;

public sealed class PhotorealismWeightingTests
{
    [Fact]
    public void Local_contrast_is_the_mean_square_of_steps_to_the_right_and_down()
    {
        // Each step to the right is 0.2, each step down 0.1, in all channels.
        FloatImage ramp = Ramp(0.2f, 0.1f);

        Assert.Equal((0.2 * 0.2 + 0.1 * 0.1) / 2, PhotorealismWeighting.LocalContrast(ramp), 1e-6);
    }

    [Fact]
    public void A_style_of_the_reference_contrast_leaves_the_weight_as_it_is()
    {
        float step = (float)Math.Sqrt(2 * PhotorealismWeighting.Reference);

        Assert.Equal(1, PhotorealismWeighting.Of(Ramp(step, 0)), 1e-4);
    }

    [Fact]
    public void Smoother_styles_make_the_term_count_for_more_and_flat_ones_not_without_bounds()
    {
        double rough = PhotorealismWeighting.Of(Ramp(0.2f, 0)), smooth = PhotorealismWeighting.Of(Ramp(0.02f, 0)), flat = PhotorealismWeighting.Of(Ramp(0, 0));

        Assert.True(rough < 1 && smooth > 1 && flat > smooth);
        Assert.InRange(flat, smooth, 10);
    }

    [Fact]
    public void Twice_the_contrast_of_a_style_lets_edges_have_nearly_four_times_the_energy()
    {
        double ratio = PhotorealismWeighting.Of(Ramp(0.1f, 0)) / PhotorealismWeighting.Of(Ramp(0.2f, 0));

        Assert.InRange(ratio, 2, 4);
    }

    private static FloatImage Ramp(float right, float down)
    {
        var image = new FloatImage(3, 4, 4);
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < 4; y++)
            {
                for (int x = 0; x < 4; x++) image.Row(c, y)[x] = x * right + y * down;
            }
        }
        return image;
    }
}
