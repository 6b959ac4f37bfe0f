using PhotoStyle.SceneRenderer.Rendering;
using PhotoStyle.SceneRenderer.Scenes;

namespace PhotoStyle.SceneRenderer.Tests;

public sealed class MaskTests
{
    [Theory]
    [InlineData("lake")]
    [InlineData("city")]
    public void Masks_hold_exactly_the_colours_of_the_layouts_classes(string layout)
    {
        Scene scene = Scenes.Of(layout);
        byte[] rgb = Renderer.Mask(scene, Scenes.Width, Scenes.Height, Scenes.Threads(2));
        HashSet<(byte, byte, byte)> found = [.. Enumerable.Range(0, rgb.Length / 3).Select(i =>
            (rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]))];

        Assert.Equal(scene.Layout.Classes.Select(MaskPalette.Of).Order(), found.Order());
    }

    [Fact]
    public void Class_colours_belong_to_the_nine_colours_of_the_product_and_differ()
    {
        int[] palette = [0x0000ff, 0x00ff00, 0x000000, 0xffffff, 0xff0000, 0xffff00, 0x808080, 0x00ffff, 0xff00ff];
        int[] used = [.. Enum.GetValues<SceneClass>().Select(c => MaskPalette.Of(c)).Select(c => c.R << 16 | c.G << 8 | c.B)];

        Assert.All(used, colour => Assert.Contains(colour, palette));
        Assert.Equal(used.Length, used.Distinct().Count());
    }

    [Fact]
    public void The_sky_is_above_and_the_water_below_the_middle_of_the_lake()
    {
        byte[] rgb = Renderer.Mask(Scenes.Of("lake"), Scenes.Width, Scenes.Height, Scenes.Threads(2));

        Assert.Equal(MaskPalette.Of(SceneClass.Sky), At(Scenes.Width / 2, 1));
        Assert.Equal(MaskPalette.Of(SceneClass.Water), At(Scenes.Width / 2, Scenes.Height - 6));

        (byte, byte, byte) At(int x, int y) => (rgb[3 * (y * Scenes.Width + x)], rgb[3 * (y * Scenes.Width + x) + 1],
            rgb[3 * (y * Scenes.Width + x) + 2]);
    }
}
