namespace PhotoStyle.Matting;

/// <summary>How a mask is refined.</summary>
public sealed record MattingOptions
{
    /// <summary>Pixels on both sides of the mask's border whose alpha is sought, at least 1.</summary>
    public int Border { get; init; } = 10;

    /// <summary>Radius of the windows, at least 1.</summary>
    public int Radius { get; init; } = 1;

    /// <summary>Weight of the ridge term, positive, in squared units of [0, 1] colours.</summary>
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>Ends when the residual is at most this, relative to the right-hand side.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>Ends after so many iterations at the latest.</summary>
    public int MostIterations { get; init; } = 2000;
}
