using PhotoStyle.Imaging;
using PhotoStyle.Segmentation.Clustering;

namespace PhotoStyle.Engine.Tests.Segmentation.Clustering;

public sealed class ThinThingsTests
{
    private const int Width = 120, Height = 50, Horizon = 30;
    private const byte Sky = 0, Ground = 1;
    private const float Bright = 0.8f, Dark = 0.1f;

    /// <summary>Bright sky above dark ground.</summary>
    private readonly FloatImage _image = new(3, Height, Width);

    /// <summary>As clustering has it.</summary>
    private readonly byte[] _labels = new byte[Width * Height];

    public ThinThingsTests()
    {
        Paint(0, 0, Width, Height, Bright);
        Paint(0, Horizon, Width, Height - Horizon, Dark);
        for (int i = Horizon * Width; i < _labels.Length; i++) _labels[i] = Ground;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public void A_mast_belongs_to_the_boat_that_it_stands_on(int thickness)
    {
        Paint(20, 5, thickness, Horizon - 5, Dark);

        byte[] moved = ThinThings.Of(_labels, 2, _image);

        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                bool isMast = y >= 5 && x >= 20 && x < 20 + thickness;
                Assert.Equal(y >= Horizon || isMast ? Ground : Sky, moved[y * Width + x]);
            }
        }
    }

    [Fact]
    public void What_is_as_wide_as_an_area_stays_where_it_was_clustered()
    {
        Paint(20, 5, 16, Horizon - 5, Dark);

        Assert.Equal(_labels, ThinThings.Of(_labels, 2, _image));
    }

    [Fact]
    public void What_grows_out_of_nothing_stays_a_bird_in_the_sky_and_a_lamp_on_the_ground()
    {
        Paint(20, 10, 3, 2, Dark);
        Paint(40, 40, 3, 3, Bright);

        Assert.Equal(_labels, ThinThings.Of(_labels, 2, _image));
    }

    [Fact]
    public void Colours_that_both_classes_have_move_nothing()
    {
        // A dark cloud as large as the ground.
        Paint(0, 0, Width, 12, Dark);
        Paint(20, 12, 2, Horizon - 12, Dark);

        Assert.Equal(_labels, ThinThings.Of(_labels, 2, _image));
    }

    private void Paint(int left, int top, int width, int height, float value)
    {
        for (int channel = 0; channel < 3; channel++)
        {
            for (int y = top; y < top + height; y++) _image.Plane(channel).Slice(y * Width + left, width).Fill(value);
        }
    }
}
