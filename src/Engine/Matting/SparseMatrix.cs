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
        var product = new double[Rows];
        Multiply(x, product);
        return product;
    }

    /// <summary>The product with a vector.</summary>
    /// <param name="x">As many values as there are columns.</param>
    /// <param name="product">Receives as many as there are rows.</param>
    public void Multiply(ReadOnlySpan<double> x, Span<double> product)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, Columns);
        ArgumentOutOfRangeException.ThrowIfNotEqual(product.Length, Rows);
        for (int i = 0; i < Rows; i++)
        {
            double sum = 0;
            for (int at = RowStarts[i]; at < RowStarts[i + 1]; at++) sum += Values[at] * x[ColumnIndices[at]];
            product[i] = sum;
        }
    }

    /// <summary>The entries whose row and column are the same.</summary>
    public double[] Diagonal()
    {
        var diagonal = new double[Math.Min(Rows, Columns)];
        for (int i = 0; i < diagonal.Length; i++)
        {
            for (int at = RowStarts[i]; at < RowStarts[i + 1]; at++)
            {
                if (ColumnIndices[at] == i) diagonal[i] += Values[at];
            }
        }
        return diagonal;
    }

    /// <summary>Whether the matrix is its own transpose, within 10⁻⁶ of what its entries add up to: asked of one random direction, which no other matrix passes but by chance.</summary>
    public bool IsSymmetric()
    {
        if (Rows != Columns) return false;
        var random = new Random(1);
        double[] x = [.. Enumerable.Range(0, Columns).Select(_ => random.NextDouble() - 0.5)], product = Multiply(x);
        double[] transposed = new double[Columns], magnitude = new double[Columns];
        for (int i = 0; i < Rows; i++)
        {
            for (int at = RowStarts[i]; at < RowStarts[i + 1]; at++)
            {
                transposed[ColumnIndices[at]] += Values[at] * x[i];
                magnitude[ColumnIndices[at]] += Math.Abs(Values[at]);
            }
        }
        for (int i = 0; i < Rows; i++)
        {
            // A sum that is not a number is not symmetric either.
            if (!(Math.Abs(product[i] - transposed[i]) <= 1e-6 * (magnitude[i] + 1e-12))) return false;
        }
        return true;
    }
}
