using PhotoStyle.Imaging;

namespace PhotoStyle.Grading;

/// <summary>The buffers with which one thread grades rows of a photo.</summary>
internal sealed class GradeRow
{
    private readonly Grade grade;
    private readonly GridRowSlicer slicer;
    private readonly MaskFieldRow? maskFields;
    private readonly float[] wholeMask;
    private readonly FloatImage input;
    private readonly FloatImage output;
    private readonly float[] guide;

    public GradeRow(Grade grade, int width)
    {
        this.grade = grade;
        slicer = new GridRowSlicer(grade.Grids.ClassCount, grade.Grids.Shape, width);
        maskFields = grade.MaskFields is null ? null : new MaskFieldRow(grade.MaskFields, width);
        wholeMask = new float[width];
        Array.Fill(wholeMask, 1f);
        input = new FloatImage(3, 1, width);
        output = new FloatImage(3, 1, width);
        guide = new float[width];
    }

    /// <summary>Takes a row of a photo.</summary>
    public void Read(Photo photo, int y) => SampleConversion.Split(photo, y, input);

    /// <summary>Grades it.</summary>
    /// <param name="position">Where the row lies in the photo's height, 0 … 1.</param>
    /// <param name="strength">0 … 1.5.</param>
    public void Grade(float position, float strength)
    {
        Luma.Of(input.Row(0, 0), input.Row(1, 0), input.Row(2, 0), guide);
        var row = new GridRowInput(input.Row(0, 0), input.Row(1, 0), input.Row(2, 0), guide);
        ReadOnlySpan<float> masks = wholeMask;
        if (maskFields is not null)
        {
            maskFields.Evaluate(row, position);
            masks = maskFields.Masks.Data;
        }
        slicer.Load(grade.Grids.Values, position);
        slicer.Apply(row, masks, wholeMask.Length, new GridRowOutput(output.Row(0, 0), output.Row(1, 0), output.Row(2, 0)));
        for (int i = 0; i < output.Data.Length; i++) output.Data[i] = input.Data[i] + strength * (output.Data[i] - input.Data[i]);
    }

    /// <summary>Writes the graded row; alpha is the original's.</summary>
    public void Write(Photo original, Photo result, int y)
    {
        SampleConversion.Interleave(output, 0, result, y);
        SampleConversion.CopyAlpha(original, result, y);
    }
}
