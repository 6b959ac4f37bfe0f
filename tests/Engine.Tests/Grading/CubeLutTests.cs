using System.Globalization;
using PhotoStyle.Engine.Tests.Imaging;
using PhotoStyle.Grading;

namespace PhotoStyle.Engine.Tests.Grading;

public sealed class CubeLutTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_file_has_the_form_that_editors_read()
    {
        string[] lines = Save(Grades.Constant(Grades.Warm), 1, "Dusk \"soft\"\nover town");

        Assert.Equal("TITLE \"Dusk softover town\"", lines[0]);
        Assert.Equal("LUT_3D_SIZE 33", lines[1]);
        Assert.Equal(33 * 33 * 33, lines.Length - 2);
        Assert.All(lines[2..], line => Assert.Matches(@"^(0\.\d{6}|1\.000000)( (0\.\d{6}|1\.000000)){2}$", line));
        Assert.Equal((byte)'T', File.ReadAllBytes(_files["a.cube"])[0]);
        Assert.DoesNotContain((byte)'\r', File.ReadAllBytes(_files["a.cube"]));
    }

    [Fact]
    public void A_grade_that_does_nothing_gives_the_table_that_does_nothing_with_red_fastest() =>
        AssertTable(Save(Grades.Constant(ColourTransform.Identity), 1), colour => colour);

    [Fact]
    public void One_transform_throughout_is_the_table() => AssertTable(Save(Grades.Constant(Grades.Warm), 1), Warm);

    [Fact]
    public void Strength_zero_gives_the_table_that_does_nothing() => AssertTable(Save(Grades.Constant(Grades.Warm), 0), colour => colour);

    [Fact]
    public void Half_strength_goes_half_the_way() => AssertTable(
        Save(Grades.Constant(Grades.Warm), 0.5), colour => [.. colour.Zip(Warm(colour), (before, after) => (before + after) / 2)]);

    [Fact]
    public void Colours_of_different_luma_get_the_transforms_of_their_luma()
    {
        AffineGrids grids = AffineGrids.Identity(1, Grades.Shape);
        float[] curve = new float[Grades.Shape.Depth * GridShape.CoefficientCount];
        // Only offsets: the darkest cell gives black, the lightest white.
        for (int c = 0; c < 3; c++) (curve[GridShape.CoefficientCount + c * 4 + 3], curve[2 * GridShape.CoefficientCount + c * 4 + 3]) = (0.5f, 1);

        string[] lines = Save(Grades.Of(grids, curve: curve), 1);

        Assert.Equal("0.000000 0.000000 0.000000", lines[2]);
        Assert.Equal("0.500000 0.500000 0.500000", lines[2 + (16 * 33 + 16) * 33 + 16]);
        Assert.Equal("1.000000 1.000000 1.000000", lines[^1]);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.6)]
    [InlineData(double.NaN)]
    public void A_strength_out_of_range_is_refused(double strength) => Assert.Equal(
        ErrorCode.OptionInvalid, Assert.Throws<PhotoStyleException>(() => Save(Grades.Constant(Grades.Warm), strength)).Code);

    [Fact]
    public void A_folder_that_is_missing_is_told() => Assert.Equal(
        ErrorCode.OutputNotWritable,
        Assert.Throws<PhotoStyleException>(() => CubeLut.Save(Grades.Constant(Grades.Warm), _files["none/a.cube"], 1, "a")).Code);

    private static double[] Warm(double[] colour) =>
        [.. Enumerable.Range(0, 3).Select(c => Grades.Warm.Coefficients[c * 4 + 3] + Enumerable.Range(0, 3).Sum(i => Grades.Warm.Coefficients[c * 4 + i] * colour[i]))];

    private static void AssertTable(string[] lines, Func<double[], double[]> expected)
    {
        for (int i = 0; i < 33 * 33 * 33; i++)
        {
            double[] found = [.. lines[i + 2].Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
            double[] wanted = expected([i % 33 / 32.0, i / 33 % 33 / 32.0, i / 33 / 33 / 32.0]);
            for (int c = 0; c < 3; c++) Assert.Equal(wanted[c], found[c], 2e-6);
        }
    }

    private string[] Save(Grade grade, double strength, string title = "a")
    {
        CubeLut.Save(grade, _files["a.cube"], strength, title);
        return File.ReadAllLines(_files["a.cube"]);
    }
}
