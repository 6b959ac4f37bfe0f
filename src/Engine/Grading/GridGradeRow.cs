using PhotoStyle.Imaging;

namespace PhotoStyle.Grading;

/// <summary>Slices the grids of each class along a row and blends them by the masks there.</summary>
internal sealed class GridGradeRow : GradeRow
{
    private readonly GridGrade _grade;
    private readonly GridRowSlicer _slicer;
    private readonly MaskFieldRow? _maskFields;
    private readonly float[] _wholeMask;
    private readonly float[] _guide;

    public GridGradeRow(GridGrade grade, int width)
        : base(width)
    {
        _grade = grade;
        _slicer = new GridRowSlicer(grade.Grids.ClassCount, grade.Grids.Shape, width);
        _maskFields = grade.MaskFields is null ? null : new MaskFieldRow(grade.MaskFields, width);
        _wholeMask = new float[width];
        Array.Fill(_wholeMask, 1f);
        _guide = new float[width];
    }

    /// <inheritdoc/>
    protected override void Transform(float position)
    {
        Luma.Of(Input.Row(0, 0), Input.Row(1, 0), Input.Row(2, 0), _guide);
        var row = new GridRowInput(Input.Row(0, 0), Input.Row(1, 0), Input.Row(2, 0), _guide);
        ReadOnlySpan<float> masks = _wholeMask;
        if (_maskFields is not null)
        {
            _maskFields.Evaluate(row, position);
            masks = _maskFields.Masks.Data;
        }
        _slicer.Load(_grade.Grids.Values, position);
        _slicer.Apply(row, masks, _wholeMask.Length, new GridRowOutput(Output.Row(0, 0), Output.Row(1, 0), Output.Row(2, 0)));
    }
}
