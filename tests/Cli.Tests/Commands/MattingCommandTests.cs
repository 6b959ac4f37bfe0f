using PhotoStyle.Imaging;
using PhotoStyle.Matting;

namespace PhotoStyle.Cli.Tests.Commands;

public sealed class MattingCommandTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public MattingCommandTests()
    {
        Pictures.WritePair(_files);
        WriteMask(Pictures.Width, Pictures.Height);
    }

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("m.npz")]
    [InlineData("m.mtx")]
    public async Task The_laplacian_is_written_for_other_programs(string name)
    {
        Outcome outcome = (await Outcome.OfAsync("laplacian", _files["content.png"], "-o", _files[name], "--size", "24", "--radius", "2")).Succeeded();

        Assert.Contains("384 rows for 24×16 pixels", outcome.Output, StringComparison.Ordinal);
        SparseMatrix matrix = name.EndsWith("npz", StringComparison.Ordinal) ? NpzFile.Load(_files[name]) : MatrixMarketFile.Load(_files[name]);
        double[] product = matrix.Multiply([.. Enumerable.Repeat(1.0, 384)]);
        Assert.Contains(matrix.Values, value => Math.Abs(value) > 0.1);
        Assert.All(product, value => Assert.Equal(0, value, 1e-8));
    }

    [Fact]
    public async Task A_mask_is_refined()
    {
        Outcome outcome = (await Outcome.OfAsync("matte", _files["content.png"], _files["mask.png"], "-o", _files["out.png"], "--border", "4", "--json")).Succeeded();

        Assert.True(outcome.Events[^1].GetProperty("iterations").GetInt32() > 0);
        byte[] pixels = Pictures.Pixels(_files["out.png"]);
        Assert.InRange(pixels[0], 250, 255);
        Assert.InRange(pixels[^1], 0, 90);
    }

    [Theory]
    [InlineData("m.npz")]
    [InlineData("m.mtx")]
    public async Task A_mask_is_refined_alike_with_a_laplacian_that_was_written(string name)
    {
        (await Outcome.OfAsync("laplacian", _files["content.png"], "-o", _files[name], "--size", "64", "--epsilon", "1e-5")).Succeeded();
        string[] matte = ["matte", _files["content.png"], _files["mask.png"], "--border", "4", "--size", "64"];
        (await Outcome.OfAsync([.. matte, "-o", _files["own.png"]])).Succeeded();
        (await Outcome.OfAsync([.. matte, "-o", _files["imported.png"], "--laplacian", _files[name]])).Succeeded();

        byte[] own = Pictures.Pixels(_files["own.png"]), imported = Pictures.Pixels(_files["imported.png"]);
        Assert.All(own.Zip(imported), pair => Assert.InRange(pair.Second - pair.First, -1, 1));
    }

    [Fact]
    public async Task A_laplacian_that_does_not_fit_is_told()
    {
        (await Outcome.OfAsync("laplacian", _files["content.png"], "-o", _files["small.npz"], "--size", "24")).Succeeded();
        File.WriteAllText(_files["skew.mtx"], "%%MatrixMarket matrix coordinate real general\n2752 2752 1\n1 2 1.0\n");
        File.WriteAllText(_files["damaged.mtx"], "%%MatrixMarket matrix");

        await Told("small.npz", "64", "error[matrix-invalid]: small.npz has 384 rows");
        await Told("skew.mtx", "64", "error[matrix-invalid]: skew.mtx is not symmetric");
        await Told("damaged.mtx", "64", "error[matrix-invalid]: damaged.mtx is not a sparse matrix");
        await Told("mask.png", "64", "error[option-invalid]: --laplacian is");
        await Told("small.npz", "64", "error[option-invalid]: There is --epsilon with --laplacian", "--epsilon", "1e-5");

        async Task Told(string file, string size, string words, params string[] more)
        {
            Outcome outcome = await Outcome.OfAsync(["matte", _files["content.png"], _files["mask.png"], "-o", _files["out.png"], "--size", size, "--laplacian", _files[file], .. more]);
            Assert.Equal(ExitCode.UserError, outcome.ExitCode);
            Assert.Contains(words, outcome.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("laplacian", "--output is", "-o", "m.txt")]
    [InlineData("laplacian", "--radius is 0", "-o", "m.npz", "--radius", "0")]
    [InlineData("laplacian", "--epsilon is 0", "-o", "m.npz", "--epsilon", "0")]
    [InlineData("laplacian", "--size is 5000", "-o", "m.npz", "--size", "5000")]
    [InlineData("matte", "--border is 0", "-o", "m.png", "--border", "0")]
    [InlineData("matte", "--size is 3", "-o", "m.png", "--size", "3")]
    [InlineData("matte", "--quality is 0", "-o", "m.png", "--quality", "0")]
    [InlineData("matte", "--epsilon is -1", "-o", "m.png", "--epsilon", "-1")]
    public async Task Options_out_of_range_are_told(string command, string words, params string[] options)
    {
        string[] inputs = command == "matte" ? [_files["content.png"], _files["mask.png"]] : [_files["content.png"]];
        Outcome outcome = await Outcome.OfAsync([command, .. inputs, .. options.Select(o => o.StartsWith("m.", StringComparison.Ordinal) ? _files[o] : o)]);

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains("error[option-invalid]: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(words, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mask_of_another_shape_is_told()
    {
        WriteMask(50, 50);

        Assert.Contains("error[mask-size-mismatch]", (await Outcome.OfAsync("matte", _files["content.png"], _files["mask.png"], "-o", _files["out.png"])).Error, StringComparison.Ordinal);
    }

    /// <summary>White above, black below.</summary>
    private void WriteMask(int width, int height)
    {
        var mask = new FloatImage(3, height, width);
        for (int c = 0; c < 3; c++) mask.Plane(c)[..(width * height / 2)].Fill(1);
        using Photo photo = Photo.FromFloatImage(mask);
        PhotoWriter.Write(photo, _files["mask.png"]);
    }
}
