using System.Globalization;
using System.IO.Compression;
using System.Text;
using PhotoStyle.Engine.Tests.Imaging;
using PhotoStyle.Imaging;
using PhotoStyle.Matting;

namespace PhotoStyle.Engine.Tests.Matting;

public sealed class SparseFileTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public static TheoryData<string> Formats => ["npz", "mtx"];

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_matrix_comes_back_to_the_bit_and_is_written_in_the_same_bytes_again(string format)
    {
        foreach (SparseMatrix matrix in new[] { Laplacian(), new SparseMatrix(2, 3, [0, 0, 0], [], []), new SparseMatrix(1, 2, [0, 2], [0, 1], [double.Epsilon, -1.0 / 3]) })
        {
            Save(matrix, format, "a");
            Save(matrix, format, "b");
            SparseMatrix read = Load(format, "a");

            Assert.Equal((matrix.Rows, matrix.Columns), (read.Rows, read.Columns));
            Assert.Equal(matrix.RowStarts, read.RowStarts);
            Assert.Equal(matrix.ColumnIndices, read.ColumnIndices);
            Assert.Equal(matrix.Values, read.Values);
            Assert.Equal(File.ReadAllBytes(_files["a." + format]), File.ReadAllBytes(_files["b." + format]));
        }
    }

    [Fact]
    public void The_archive_holds_what_numpy_expects()
    {
        Save(Laplacian(), "npz", "a");
        using ZipArchive archive = ZipFile.OpenRead(_files["a.npz"]);

        Assert.Equal(["indices.npy", "indptr.npy", "format.npy", "shape.npy", "data.npy"], archive.Entries.Select(e => e.FullName));
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using var bytes = new MemoryStream();
            using (Stream source = entry.Open()) source.CopyTo(bytes);
            byte[] all = bytes.ToArray();
            Assert.Equal([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0], all[..8]);
            int length = all[8] + 256 * all[9];
            Assert.Equal(0, (10 + length) % 64);
            string header = Encoding.Latin1.GetString(all, 10, length);
            Assert.Matches(@"^\{'descr': '(<i4|<i8|<f8|\|S3)', 'fortran_order': False, 'shape': \(([0-9]+,|2,)?\), \} *\n$", header);
        }
    }

    [Fact]
    public void A_symmetric_matrix_market_file_is_read_with_both_halves()
    {
        SparseMatrix matrix = Read("%%MatrixMarket matrix coordinate integer symmetric\n% a remark\n\n3 3 3\n1 1 4\n3 1 -2\n2 2 7\n");

        Assert.Equal([4 - 6, 7 * 2, -2.0], matrix.Multiply([1, 2, 3]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%%MatrixMarket matrix array real general\n1 1\n1\n")]
    [InlineData("%%MatrixMarket matrix coordinate complex general\n1 1 1\n1 1 1 0\n")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n1 1 2\n1 1 1\n")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n1 1 1\n1 2 1\n")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n1 1 1\n1 1 one\n")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n-1 1 0\n")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n2147483647 1 0\n")]
    [InlineData("%%MatrixMarket matrix coordinate real general\n1 1 2147483647\n1 1 1\n")]
    public void Text_that_is_no_such_matrix_is_refused(string text) =>
        Assert.Equal(ErrorCode.MatrixInvalid, Assert.Throws<PhotoStyleException>(() => Read(text)).Code);

    [Fact]
    public void Damaged_archives_are_read_or_refused_but_nothing_else_happens()
    {
        Save(Laplacian(), "npz", "whole");
        byte[] whole = File.ReadAllBytes(_files["whole.npz"]);
        int refused = 0;
        for (int at = 0; at < whole.Length; at += 7)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x55;
            try
            {
                NpzFile.Load(_files.WithBytes("damaged.npz", damaged));
            }
            catch (PhotoStyleException e)
            {
                Assert.Equal(ErrorCode.MatrixInvalid, e.Code);
                refused++;
            }
        }
        Assert.True(refused > 0);
        foreach (int length in new[] { 0, 1, 30, whole.Length / 2, whole.Length - 1 })
            Assert.Equal(ErrorCode.MatrixInvalid, Assert.Throws<PhotoStyleException>(() => NpzFile.Load(_files.WithBytes("short.npz", whole[..length]))).Code);
        Assert.Equal(ErrorCode.FileMissing, Assert.Throws<PhotoStyleException>(() => NpzFile.Load(_files["none.npz"])).Code);
    }

    [Fact]
    public void Rows_that_do_not_fit_are_no_matrix()
    {
        Assert.Throws<ArgumentException>(() => new SparseMatrix(1, 1, [0, 2], [0], [1]));
        Assert.Throws<ArgumentException>(() => new SparseMatrix(2, 1, [0, 1, 0], [], []));
        Assert.Throws<ArgumentException>(() => new SparseMatrix(1, 1, [0, 1], [1], [1]));
        Assert.Throws<ArgumentException>(() => new SparseMatrix(1, 1, [0, 1], [-1], [1]));
    }

    [Theory]
    [InlineData("in4", "1e-7", 1e-7)]
    [InlineData("in20", "1e-5", 1e-5)]
    [InlineData("in40", "1e-7", 1e-7)]
    public void The_sparse_matrix_of_a_crop_has_the_reference_entries(string crop, string epsilonName, double epsilon)
    {
        string table = ReferenceData.Require($"oracle/{crop}_crop16x20_eps{epsilonName}_laplacian.csv");
        FloatImage image = ReferenceData.LoadBytes(ReferenceData.Require($"oracle/{crop}_crop16x20.png"));
        Save(new MattingLaplacian(image, epsilon * 255 * 255).ToSparse(), "npz", "crop");
        SparseMatrix sparse = Load("npz", "crop");

        var entries = new Dictionary<(int, int), double>();
        for (int i = 0; i < sparse.Rows; i++)
        {
            for (int at = sparse.RowStarts[i]; at < sparse.RowStarts[i + 1]; at++) entries[(i, sparse.ColumnIndices[at])] = sparse.Values[at];
        }
        double largest = 0, worst = 0;
        int found = 0;
        foreach (string[] row in ReferenceData.Rows(table))
        {
            double value = ReferenceData.Number(row[2]);
            largest = Math.Max(largest, Math.Abs(value));
            worst = Math.Max(worst, Math.Abs(value - entries.GetValueOrDefault((FromColumnMajor(row[0]), FromColumnMajor(row[1])))));
            found++;
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{found} entries, largest error {worst / largest:g2} of the largest entry");
        Assert.InRange(worst / largest, 0, 1e-6);
        // The reference leaves out zeros.
        Assert.InRange(entries.Values.Count(v => Math.Abs(v) > 1e-9), 1, found + 4);

        int FromColumnMajor(string cell)
        {
            int index = int.Parse(cell, CultureInfo.InvariantCulture) - 1;
            return index % image.Height * image.Width + index / image.Height;
        }
    }

    private static SparseMatrix Laplacian() => new MattingLaplacian(TestImages.Make("eight-bit", 5, 6, seed: 1)).ToSparse();

    private SparseMatrix Read(string text) => MatrixMarketFile.Load(_files.WithBytes("text.mtx", Encoding.ASCII.GetBytes(text)));

    private void Save(SparseMatrix matrix, string format, string name)
    {
        if (format == "npz") NpzFile.Save(matrix, _files[name + ".npz"]);
        else MatrixMarketFile.Save(matrix, _files[name + ".mtx"]);
    }

    private SparseMatrix Load(string format, string name) => format == "npz" ? NpzFile.Load(_files[name + ".npz"]) : MatrixMarketFile.Load(_files[name + ".mtx"]);
}
