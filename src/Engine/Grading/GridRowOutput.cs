namespace PhotoStyle.Grading;

/// <summary>A row that the slicer writes, or whose gradient it reads: red, green and blue, W values each.</summary>
internal readonly ref struct GridRowOutput(Span<float> red, Span<float> green, Span<float> blue)
{
    public readonly Span<float> Red = red;
    public readonly Span<float> Green = green;
    public readonly Span<float> Blue = blue;
}
