namespace PhotoStyle.Grading;

/// <summary>A row of an image as the slicer reads it: sRGB-encoded colours and the luma guide, W values each.</summary>
internal readonly ref struct GridRowInput(ReadOnlySpan<float> red, ReadOnlySpan<float> green, ReadOnlySpan<float> blue, ReadOnlySpan<float> guide)
{
    public readonly ReadOnlySpan<float> Red = red;
    public readonly ReadOnlySpan<float> Green = green;
    public readonly ReadOnlySpan<float> Blue = blue;
    public readonly ReadOnlySpan<float> Guide = guide;
}
