using PhotoStyle.Segmentation;

namespace PhotoStyle.Grading;

/// <summary>Where a grade comes from.</summary>
public sealed record GradeInfo
{
    /// <summary>Version of the program that made it.</summary>
    public required string Program { get; init; }

    /// <summary>Name of the encoder.</summary>
    public required string Encoder { get; init; }

    /// <summary>Name of the preset.</summary>
    public required string Preset { get; init; }

    /// <summary>Width over height of the content photo.</summary>
    public required double AspectRatio { get; init; }

    /// <summary>Names and values of the options it was solved with.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>The classes, in the order of the grids.</summary>
    public required IReadOnlyList<MatchedClass> Classes { get; init; }

    /// <summary>What became of each label.</summary>
    public required IReadOnlyList<LabelOutcome> Outcomes { get; init; }
}
