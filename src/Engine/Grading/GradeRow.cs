using PhotoStyle.Imaging;

namespace PhotoStyle.Grading;

/// <summary>The buffers with which one thread grades rows of a photo.</summary>
internal abstract class GradeRow
{
    protected GradeRow(int width)
    {
        Input = new FloatImage(3, 1, width);
        Output = new FloatImage(3, 1, width);
    }

    /// <summary>3×1×W: the photo's row.</summary>
    protected FloatImage Input { get; }

    /// <summary>3×1×W: receives the row at strength 1.</summary>
    protected FloatImage Output { get; }

    public static GradeRow Create(Grade grade, int width) => grade switch
    {
        GridGrade grid => new GridGradeRow(grid, width),
        FieldGrade field => new FieldGradeRow(field, width),
        _ => throw new ArgumentOutOfRangeException(nameof(grade)),
    };

    /// <summary>Takes a row of a photo.</summary>
    public void Read(Photo photo, int y) => SampleConversion.Split(photo, y, Input);

    /// <summary>Grades it.</summary>
    /// <param name="position">Where the row lies in the photo's height, 0 … 1.</param>
    /// <param name="strength">0 … 1.5.</param>
    public void Grade(float position, float strength)
    {
        Transform(position);
        for (int i = 0; i < Output.Data.Length; i++) Output.Data[i] = Input.Data[i] + strength * (Output.Data[i] - Input.Data[i]);
    }

    /// <summary>Writes the graded row; alpha is the original's.</summary>
    public void Write(Photo original, Photo result, int y)
    {
        SampleConversion.Interleave(Output, 0, result, y);
        SampleConversion.CopyAlpha(original, result, y);
    }

    /// <summary>Computes <see cref="Output"/> from <see cref="Input"/>.</summary>
    protected abstract void Transform(float position);
}
