using System.Globalization;
using PhotoStyle.Imaging;

namespace PhotoStyle.Matting;

/// <summary>Sparse matrices as text in the coordinate format of Matrix Market (Boisvert, Pozo, Remington 1996). Numbers come back to the bit.</summary>
public static class MatrixMarketFile
{
    /// <summary>Writes a matrix; a failure leaves no half-written file.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OutputNotWritable"/>.</exception>
    public static void Save(SparseMatrix matrix, string path) => AtomicFile.Write(path, stream => Write(matrix, stream));

    /// <summary>Reads a matrix of real or whole numbers, general or symmetric.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.FileMissing"/> or <see cref="ErrorCode.MatrixInvalid"/>.</exception>
    public static SparseMatrix Load(string path)
    {
        using FileStream stream = InputFile.Open(path);
        try
        {
            return Read(stream);
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or OverflowException)
        {
            throw new PhotoStyleException(ErrorCode.MatrixInvalid, $"{Path.GetFileName(path)} is not a sparse matrix in Matrix Market's coordinate format ({e.Message}): write it again.", e);
        }
    }

    /// <summary>Writes a matrix.</summary>
    internal static void Write(SparseMatrix matrix, Stream stream)
    {
        using var writer = new StreamWriter(stream, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("%%MatrixMarket matrix coordinate real general");
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{matrix.Rows} {matrix.Columns} {matrix.Values.Length}"));
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int at = matrix.RowStarts[i]; at < matrix.RowStarts[i + 1]; at++)
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i + 1} {matrix.ColumnIndices[at] + 1} {matrix.Values[at]:R}"));
        }
    }

    /// <summary>Reads a matrix.</summary>
    internal static SparseMatrix Read(Stream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        string[] kind = (reader.ReadLine() ?? "").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (kind is not ["%%matrixmarket", "matrix", "coordinate", "real" or "integer", "general" or "symmetric"]) throw new InvalidDataException("its first line says otherwise");
        bool symmetric = kind[^1] == "symmetric";
        string? line;
        do line = reader.ReadLine();
        while (line is not null && (line.Length == 0 || line[0] == '%'));
        string[] size = Split(line, 3);
        (int rows, int columns, int count) = (Whole(size[0]), Whole(size[1]), Whole(size[2]));
        // What a short file claims must not ask for gigabytes: every entry takes at least six bytes, and a row without entries is one that the file's length allows for.
        if (rows < 0 || columns < 0 || count < 0 || (stream.CanSeek && (6L * count > stream.Length || rows > 64 * stream.Length))) throw new InvalidDataException("its size can not be");
        var entries = new List<(int Row, int Column, double Value)>(symmetric ? 2 * count : count);
        for (int i = 0; i < count; i++)
        {
            string[] entry = Split(reader.ReadLine(), 3);
            (int row, int column) = (Whole(entry[0]) - 1, Whole(entry[1]) - 1);
            double value = double.Parse(entry[2], NumberStyles.Float, CultureInfo.InvariantCulture);
            if ((uint)row >= (uint)rows || (uint)column >= (uint)columns) throw new InvalidDataException($"entry {i + 1} lies outside");
            entries.Add((row, column, value));
            if (symmetric && row != column) entries.Add((column, row, value));
        }
        entries.Sort((a, b) => a.Row != b.Row ? a.Row.CompareTo(b.Row) : a.Column.CompareTo(b.Column));
        var starts = new int[rows + 1];
        foreach ((int row, _, _) in entries) starts[row + 1]++;
        for (int i = 0; i < rows; i++) starts[i + 1] += starts[i];
        return new SparseMatrix(rows, columns, starts, [.. entries.Select(e => e.Column)], [.. entries.Select(e => e.Value)]);
    }

    private static string[] Split(string? line, int count)
    {
        string[] parts = (line ?? throw new InvalidDataException("it ends too early")).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == count ? parts : throw new InvalidDataException($"'{line}' is not {count} numbers");
    }

    private static int Whole(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
