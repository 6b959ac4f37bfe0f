namespace PhotoStyle.SceneRenderer;

/// <summary>The pictures of the folder samples/: few, but each pair is a transfer between different places.</summary>
internal static class SampleSet
{
    public static readonly IReadOnlyList<(string Layout, string Look, uint Seed)> Pictures =
    [
        ("lake", "day", 7), ("lake", "sunset", 7), ("lake", "night", 7), ("lake", "fog", 7), ("lake", "winter", 7),
        ("city", "day", 3), ("city", "sunset", 3), ("city", "night", 3),
    ];
}
