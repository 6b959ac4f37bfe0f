namespace PhotoStyle.SceneRenderer.CommandLine;

/// <summary>What the user asks for.</summary>
internal sealed record RenderOptions
{
    public string Layout { get; init; } = "lake";

    public string Look { get; init; } = "day";

    public int Width { get; init; } = 768;

    public int Height { get; init; } = 512;

    public uint Seed { get; init; } = 7;

    /// <summary>Samples per pixel along each side.</summary>
    public int SamplesPerSide { get; init; } = 3;

    public int Threads { get; init; } = Environment.ProcessorCount;

    public string? Photo { get; init; }

    public string? Mask { get; init; }

    public string? Folder { get; init; }

    public bool Help { get; init; }
}
