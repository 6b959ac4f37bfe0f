using PhotoStyle.Imaging;

namespace PhotoStyle.Grading;

/// <summary>The buffers with which one thread grades rows of a photo.</summary>
internal sealed class GradeRow
{
    private readonly Grade _grade;
    private readonly GridRowSlicer _slicer;
    private readonly MaskFieldRow? _maskFields;
    private readonly float[] _wholeMask;
    private readonly FloatImage _input;
    private readonly FloatImage _output;
    private readonly float[] _guide;

    public GradeRow(Grade grade, int width)
    {
        _grade = grade;
        _slicer = new GridRowSlicer(grade.Grids.ClassCount, grade.Grids.Shape, width);
        _maskFields = grade.MaskFields is null ? null : new MaskFieldRow(grade.MaskFields, width);
        _wholeMask = new float[width];
        Array.Fill(_wholeMask, 1f);
        _input = new FloatImage(3, 1, width);
        _output = new FloatImage(3, 1, width);
        _guide = new float[width];
    }

    /// <summary>Takes a row of a photo.</summary>
    public void Read(Photo photo, int y) => SampleConversion.Split(photo, y, _input);

    /// <summary>Grades it.</summary>
    /// <param name="position">Where the row lies in the photo's height, 0 … 1.</param>
    /// <param name="strength">0 … 1.5.</param>
    public void Grade(float position, float strength)
    {
        Luma.Of(_input.Row(0, 0), _input.Row(1, 0), _input.Row(2, 0), _guide);
        var row = new GridRowInput(_input.Row(0, 0), _input.Row(1, 0), _input.Row(2, 0), _guide);
        ReadOnlySpan<float> masks = _wholeMask;
        if (_maskFields is not null)
        {
            _maskFields.Evaluate(row, position);
            masks = _maskFields.Masks.Data;
        }
        _slicer.Load(_grade.Grids.Values, position);
        _slicer.Apply(row, masks, _wholeMask.Length, new GridRowOutput(_output.Row(0, 0), _output.Row(1, 0), _output.Row(2, 0)));
        for (int i = 0; i < _output.Data.Length; i++) _output.Data[i] = _input.Data[i] + strength * (_output.Data[i] - _input.Data[i]);
    }

    /// <summary>Writes the graded row; alpha is the original's.</summary>
    public void Write(Photo original, Photo result, int y)
    {
        SampleConversion.Interleave(_output, 0, result, y);
        SampleConversion.CopyAlpha(original, result, y);
    }
}
