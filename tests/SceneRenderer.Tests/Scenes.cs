using PhotoStyle.SceneRenderer.Scenes;

namespace PhotoStyle.SceneRenderer.Tests;

/// <summary>Scenes take seconds to build: the tests share one of each layout.</summary>
internal static class Scenes
{
    public const int Width = 96, Height = 64;

    private static readonly Lazy<Scene> LakeScene = new(() => new Scene(LayoutCatalog.Create("lake", 7), Threads(2)));
    private static readonly Lazy<Scene> CityScene = new(() => new Scene(LayoutCatalog.Create("city", 3), Threads(2)));

    public static Scene Of(string layout) => layout == "lake" ? LakeScene.Value : CityScene.Value;

    public static ParallelOptions Threads(int count) => new() { MaxDegreeOfParallelism = count };
}
