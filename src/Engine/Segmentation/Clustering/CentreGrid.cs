using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation.Clustering;

/// <summary>The centres of SLIC: one in each cell of a grid, with the mean colour and place of its pixels.</summary>
internal sealed class CentreGrid
{
    private readonly FloatImage _lab;
    private readonly int _columns;
    private readonly int _rows;
    private readonly float _placeWeight;
    private readonly (float L, float A, float B, float X, float Y)[] _centres;

    /// <param name="lab">3×H×W.</param>
    /// <param name="columns">Cells of a row.</param>
    /// <param name="rows">Cells of a column.</param>
    /// <param name="placeWeight">Colour difference that one pixel of distance counts as.</param>
    public CentreGrid(FloatImage lab, int columns, int rows, float placeWeight)
    {
        (_lab, _columns, _rows, _placeWeight) = (lab, columns, rows, placeWeight);
        _centres = new (float, float, float, float, float)[columns * rows];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int x = (int)((column + 0.5) * lab.Width / columns), y = (int)((row + 0.5) * lab.Height / rows);
                int i = y * lab.Width + x;
                _centres[row * columns + column] = (lab.Plane(0)[i], lab.Plane(1)[i], lab.Plane(2)[i], x, y);
            }
        }
    }

    /// <summary>Gives each pixel to the nearest of the centres that began in its cell or beside it.</summary>
    public void Assign(int[] indices) => Parallel.For(0, _lab.Height, y =>
    {
        ReadOnlySpan<float> l = _lab.Row(0, y), a = _lab.Row(1, y), b = _lab.Row(2, y);
        int cellRow = y * _rows / _lab.Height;
        float placeSquared = _placeWeight * _placeWeight;
        for (int x = 0; x < _lab.Width; x++)
        {
            int cellColumn = x * _columns / _lab.Width;
            (int best, float least) = (0, float.MaxValue);
            for (int row = Math.Max(0, cellRow - 1); row <= Math.Min(_rows - 1, cellRow + 1); row++)
            {
                for (int column = Math.Max(0, cellColumn - 1); column <= Math.Min(_columns - 1, cellColumn + 1); column++)
                {
                    ref readonly var centre = ref _centres[row * _columns + column];
                    float dl = l[x] - centre.L, da = a[x] - centre.A, db = b[x] - centre.B, dx = x - centre.X, dy = y - centre.Y;
                    float distance = dl * dl + da * da + db * db + placeSquared * (dx * dx + dy * dy);
                    if (distance < least) (best, least) = (row * _columns + column, distance);
                }
            }

            indices[y * _lab.Width + x] = best;
        }
    });

    /// <summary>Moves each centre to the mean of its pixels; one that has none stays.</summary>
    public void Update(int[] indices)
    {
        var sums = new (double L, double A, double B, double X, double Y, int Count)[_centres.Length];
        for (int y = 0; y < _lab.Height; y++)
        {
            ReadOnlySpan<float> l = _lab.Row(0, y), a = _lab.Row(1, y), b = _lab.Row(2, y);
            for (int x = 0; x < _lab.Width; x++)
            {
                ref var sum = ref sums[indices[y * _lab.Width + x]];
                sum = (sum.L + l[x], sum.A + a[x], sum.B + b[x], sum.X + x, sum.Y + y, sum.Count + 1);
            }
        }

        for (int i = 0; i < sums.Length; i++)
        {
            var (l, a, b, x, y, count) = sums[i];
            if (count > 0) _centres[i] = ((float)(l / count), (float)(a / count), (float)(b / count), (float)(x / count), (float)(y / count));
        }
    }
}
