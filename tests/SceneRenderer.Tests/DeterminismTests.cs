using PhotoStyle.SceneRenderer.Looks;
using PhotoStyle.SceneRenderer.Rendering;
using PhotoStyle.SceneRenderer.Scenes;

namespace PhotoStyle.SceneRenderer.Tests;

public sealed class DeterminismTests
{
    [Fact]
    public void The_same_options_give_the_same_bytes_on_one_thread_and_on_many()
    {
        var onOneThread = new Scene(LayoutCatalog.Create("lake", 7), Scenes.Threads(1));

        Assert.Equal(Photo(Scenes.Of("lake"), "sunset", 4), Photo(onOneThread, "sunset", 1));
        Assert.Equal(Mask(Scenes.Of("lake"), 4), Mask(onOneThread, 1));
    }

    [Fact]
    public void A_look_gives_the_same_bytes_twice_and_another_look_gives_others()
    {
        byte[] night = Photo(Scenes.Of("city"), "night", 2);

        Assert.Equal(night, Photo(Scenes.Of("city"), "night", 2));
        Assert.NotEqual(night, Photo(Scenes.Of("city"), "fog", 2));
    }

    private static byte[] Photo(Scene scene, string look, int threads) =>
        Renderer.Photograph(scene, LookCatalog.Find(look)!, Scenes.Width, Scenes.Height, 1, Scenes.Threads(threads));

    private static byte[] Mask(Scene scene, int threads) => Renderer.Mask(scene, Scenes.Width, Scenes.Height, Scenes.Threads(threads));
}
