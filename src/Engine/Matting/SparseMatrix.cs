namespace PhotoStyle.Matting;

/// <summary>A sparse matrix in compressed sparse rows, for interchange with other programs.</summary>
public sealed class SparseMatrix
{
    /// <summary>Wraps arrays without a copy.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="rowStarts">Rows + 1 indices into the other two: where each row begins, and the end.</param>
    /// <param name="columnIndices">The column of each entry.</param>
    /// <param name="values">The value of each entry.</param>
    /// <exception cref="ArgumentException">The arrays do not fit together.</exception>
    public SparseMatrix(int rows, int columns, int[] rowStarts, int[] columnIndices, double[] values)
    {
        bool fits = rows >= 0 && columns >= 0 && rowStarts.Length == rows + 1 && rowStarts[0] == 0 && rowStarts[^1] == values.Length && columnIndices.Length == values.Length;
        for (int i = 0; fits && i < rows; i++) fits = rowStarts[i] <= rowStarts[i + 1];
        if (!fits || columnIndices.Any(column => (uint)column >= (uint)columns)) throw new ArgumentException("These are not the rows of a sparse matrix.");
        (Rows, Columns, RowStarts, ColumnIndices, Values) = (rows, columns, rowStarts, columnIndices, values);
    }

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Columns.</summary>
    public int Columns { get; }

    /// <summary>Where each row begins among the entries, and the end.</summary>
    public int[] RowStarts { get; }

    /// <summary>The column of each entry.</summary>
    public int[] ColumnIndices { get; }

    /// <summary>The value of each entry.</summary>
    public double[] Values { get; }

    /// <summary>The product with a vector.</summary>
    /// <param name="x">As many values as there are columns.</param>
    public double[] Multiply(ReadOnlySpan<double> x)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, Columns);
        var product = new double[Rows];
        for (int i = 0; i < Rows; i++)
        {
            for (int at = RowStarts[i]; at < RowStarts[i + 1]; at++) product[i] += Values[at] * x[ColumnIndices[at]];
        }
        return product;
    }
}
