using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using PhotoStyle.Imaging;

namespace PhotoStyle.Matting;

/// <summary>Sparse matrices as SciPy's <c>save_npz</c> writes and <c>load_npz</c> reads them: a zip archive of NumPy arrays, here in compressed sparse rows.</summary>
public static partial class NpzFile
{
    private const string Magic = "\u0093NUMPY";
    private const int Alignment = 64;

    /// <summary>Writes a matrix; a failure leaves no half-written file. The same matrix gives the same bytes.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OutputNotWritable"/>.</exception>
    public static void Save(SparseMatrix matrix, string path) => AtomicFile.Write(path, stream => Write(matrix, stream));

    /// <summary>Reads a matrix in compressed sparse rows, with indices of 32 or 64 bits and values in float32 or float64.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.FileMissing"/> or <see cref="ErrorCode.MatrixInvalid"/>.</exception>
    public static SparseMatrix Load(string path)
    {
        using FileStream stream = InputFile.Open(path);
        try
        {
            return Read(stream);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or FormatException or OverflowException or EndOfStreamException)
        {
            throw new PhotoStyleException(
                ErrorCode.MatrixInvalid, $"{Path.GetFileName(path)} is not a sparse matrix in compressed sparse rows as scipy.sparse.save_npz writes it ({e.Message}): write it again.", e);
        }
    }

    /// <summary>Writes a matrix.</summary>
    internal static void Write(SparseMatrix matrix, Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Add("indices", "<i4", $"({Text(matrix.ColumnIndices.Length)},)", MemoryMarshal.AsBytes(matrix.ColumnIndices.AsSpan()));
        Add("indptr", "<i4", $"({Text(matrix.RowStarts.Length)},)", MemoryMarshal.AsBytes(matrix.RowStarts.AsSpan()));
        Add("format", "|S3", "()", "csr"u8);
        Add("shape", "<i8", "(2,)", MemoryMarshal.AsBytes<long>([matrix.Rows, matrix.Columns]));
        Add("data", "<f8", $"({Text(matrix.Values.Length)},)", MemoryMarshal.AsBytes(matrix.Values.AsSpan()));

        void Add(string name, string type, string shape, ReadOnlySpan<byte> values)
        {
            ZipArchiveEntry entry = archive.CreateEntry(name + ".npy", CompressionLevel.Fastest);
            // The first that the format can hold: a clock would make other bytes each time.
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using Stream target = entry.Open();
            target.Write(Header(type, shape));
            target.Write(values);
        }

        static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Reads a matrix.</summary>
    internal static SparseMatrix Read(Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        (string type, byte[] format) = Array("format");
        // Strings of four bytes a character are what older versions wrote.
        string name = type.Contains('U', StringComparison.Ordinal) ? Encoding.UTF32.GetString(format) : Encoding.ASCII.GetString(format);
        if (name.TrimEnd('\0') != "csr") throw new InvalidDataException($"its format is {name.TrimEnd('\0')}, not csr");
        if (Whole("shape") is not [int rows, int columns]) throw new InvalidDataException("its shape has not two numbers");
        (string valueType, byte[] bytes) = Array("data");
        double[] values = valueType switch
        {
            "<f8" => MemoryMarshal.Cast<byte, double>(bytes).ToArray(),
            "<f4" => System.Array.ConvertAll(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), value => (double)value),
            _ => throw new InvalidDataException($"its values have the type {valueType}"),
        };
        return new SparseMatrix(rows, columns, Whole("indptr"), Whole("indices"), values);

        int[] Whole(string entry)
        {
            (string wholeType, byte[] wholeBytes) = Array(entry);
            return wholeType switch
            {
                "<i4" => MemoryMarshal.Cast<byte, int>(wholeBytes).ToArray(),
                "<i8" => System.Array.ConvertAll(MemoryMarshal.Cast<byte, long>(wholeBytes).ToArray(), value => checked((int)value)),
                _ => throw new InvalidDataException($"{entry} has the type {wholeType}"),
            };
        }

        (string Type, byte[] Bytes) Array(string entry)
        {
            ZipArchiveEntry found = archive.GetEntry(entry + ".npy") ?? throw new InvalidDataException($"it lacks {entry}");
            using Stream source = found.Open();
            Span<byte> start = stackalloc byte[Magic.Length + 4];
            source.ReadExactly(start);
            if (Encoding.Latin1.GetString(start[..Magic.Length]) != Magic || start[Magic.Length] != 1) throw new InvalidDataException($"{entry} is not a NumPy array of version 1");
            var header = new byte[BinaryPrimitives.ReadUInt16LittleEndian(start[^2..])];
            source.ReadExactly(header);
            string text = Encoding.Latin1.GetString(header);
            string arrayType = TypePattern().Match(text).Groups["type"].Value;
            if (!text.Contains("'fortran_order': False", StringComparison.Ordinal)) throw new InvalidDataException($"{entry} is not in C order");
            int size = TypeSize(arrayType, entry);
            long count = 1;
            foreach (Match side in NumberPattern().Matches(ShapePattern().Match(text).Groups["shape"].Value)) count = checked(count * long.Parse(side.Value, CultureInfo.InvariantCulture));
            // What the archive's directory says of the length is checked before memory is asked for; that it is true, by reading it.
            if (checked(count * size) != found.Length - start.Length - header.Length) throw new InvalidDataException($"{entry} has another length than its header says");
            var values = new byte[count * size];
            source.ReadExactly(values);
            return (arrayType, values);
        }
    }

    private static int TypeSize(string type, string entry) => type switch
    {
        "<i4" or "<f4" => 4,
        "<i8" or "<f8" => 8,
        "|S3" => 3,
        "<U3" => 12,
        _ => throw new InvalidDataException($"{entry} has the type {type}"),
    };

    private static byte[] Header(string type, string shape)
    {
        string text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
        // With magic, version and length a multiple of 64, so that the values are aligned for readers that map the file.
        int before = Magic.Length + 4, whole = (before + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var bytes = new byte[whole];
        Encoding.Latin1.GetBytes(Magic).CopyTo(bytes, 0);
        bytes[Magic.Length] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Magic.Length + 2), (ushort)(whole - before));
        Encoding.Latin1.GetBytes(text.PadRight(whole - before - 1) + '\n').CopyTo(bytes, before);
        return bytes;
    }

    [GeneratedRegex("'descr': '(?<type>[^']+)'")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"'shape': \((?<shape>[^)]*)\)")]
    private static partial Regex ShapePattern();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex NumberPattern();
}
