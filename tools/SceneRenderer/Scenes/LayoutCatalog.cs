namespace PhotoStyle.SceneRenderer.Scenes;

/// <summary>The layouts by name.</summary>
internal static class LayoutCatalog
{
    public static readonly IReadOnlyList<string> Names = ["lake", "city"];

    public static SceneLayout Create(string name, uint seed) => name switch
    {
        "lake" => new LakeLayout(seed),
        "city" => new CityLayout(seed),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
