namespace PhotoStyle.TrainEncoder;

/// <summary>What is trained, on what, and for how long.</summary>
internal sealed record TrainingOptions
{
    /// <summary>Photos to learn from; every sixth is kept for validation.</summary>
    public required string Photos { get; init; }

    /// <summary>Pictures of the scene renderer; null for none.</summary>
    public string? Scenes { get; init; }

    /// <summary>The folder with the teachers' weights.</summary>
    public required string Teachers { get; init; }

    /// <summary>Where weights, state and plot go.</summary>
    public required string Output { get; init; }

    public int Steps { get; init; } = 4000;

    public int Seed { get; init; } = 1;

    /// <summary>Side of the crops in pixels; a multiple of 16.</summary>
    public int Crop { get; init; } = 128;

    /// <summary>Pictures of a step, half of them the same as the others in another grade.</summary>
    public int Batch { get; init; } = 8;

    /// <summary>Pictures whose teachers' features are kept at hand.</summary>
    public int Pool { get; init; } = 512;

    /// <summary>Steps after which a pair of the pool is replaced by a new one.</summary>
    public int Refresh { get; init; } = 4;

    public double LearningRate { get; init; } = 3e-3;
}
