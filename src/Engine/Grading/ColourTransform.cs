namespace PhotoStyle.Grading;

/// <summary>An affine map of sRGB-encoded colours.</summary>
/// <param name="Coefficients">Three rows of four: output channel c is row c times (red, green, blue, 1).</param>
public sealed record ColourTransform(float[] Coefficients)
{
    /// <summary>Leaves colours as they are.</summary>
    public static ColourTransform Identity { get; } = new([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]);
}
