using PhotoStyle.Imaging;

namespace PhotoStyle.Grading;

/// <summary>Enlarges an affine field to a row and applies it there.</summary>
internal sealed class FieldGradeRow : GradeRow
{
    private readonly FloatImage _planes;
    private readonly int[] _cellOfColumn;
    private readonly float[] _fractionOfColumn;
    private readonly float[] _blended;

    public FieldGradeRow(FieldGrade grade, int width)
        : base(width)
    {
        _planes = grade.Field.Planes;
        _blended = new float[_planes.Channels * _planes.Width];
        _cellOfColumn = new int[width];
        _fractionOfColumn = new float[width];
        for (int x = 0; x < width; x++) _cellOfColumn[x] = GridAxis.Locate((x + 0.5f) / width, _planes.Width, out _fractionOfColumn[x]);
    }

    /// <inheritdoc/>
    protected override void Transform(float position)
    {
        Blend(position);
        int perChannel = _planes.Channels / 3, width = _planes.Width;
        // One cell wide: there is no neighbour to blend with.
        int next = width > 1 ? 1 : 0;
        for (int c = 0; c < 3; c++)
        {
            Span<float> row = Output.Row(c, 0);
            row.Clear();
            for (int i = 0; i < perChannel; i++)
            {
                ReadOnlySpan<float> plane = _blended.AsSpan((c * perChannel + i) * width, width);
                bool isSlope = i < perChannel - 1;
                ReadOnlySpan<float> colour = isSlope ? Input.Row(i, 0) : default;
                for (int x = 0; x < row.Length; x++)
                {
                    int cell = _cellOfColumn[x];
                    float value = plane[cell] + _fractionOfColumn[x] * (plane[cell + next] - plane[cell]);
                    row[x] += isSlope ? value * colour[x] : value;
                }
            }
        }
    }

    private void Blend(float position)
    {
        int row = GridAxis.Locate(position, _planes.Height, out float fraction);
        int next = Math.Min(row + 1, _planes.Height - 1);
        for (int c = 0; c < _planes.Channels; c++)
        {
            ReadOnlySpan<float> lower = _planes.Row(c, row), upper = _planes.Row(c, next);
            Span<float> target = _blended.AsSpan(c * _planes.Width, _planes.Width);
            for (int x = 0; x < target.Length; x++) target[x] = lower[x] + fraction * (upper[x] - lower[x]);
        }
    }
}
