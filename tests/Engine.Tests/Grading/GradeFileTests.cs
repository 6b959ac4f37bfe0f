using System.Text.Json.Nodes;
using CsCheck;
using PhotoStyle.Engine.Tests.Imaging;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Serialization;

namespace PhotoStyle.Engine.Tests.Grading;

public sealed class GradeFileTests
{
    private static readonly GridShape Shape = new(Width: 3, Height: 2, Depth: 2);

    private static GridGrade Sample(int classes) => Grades.Of(
        Grades.RandomGrids(classes, Shape, seed: 1), classes == 1 ? null : Grades.Classes(Grades.Scene(4, 5), classes, seed: 2).Fields);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void What_is_written_is_read_again(int classes)
    {
        GridGrade grade = Sample(classes), read = Assert.IsType<GridGrade>(Load(Bytes(grade)));

        Assert.Equal(classes, read.Grids.ClassCount);
        Assert.Equal(Shape, read.Grids.Shape);
        Assert.Equal(grade.Grids.Values, read.Grids.Values);
        Assert.Equal(grade.GlobalCurve, read.GlobalCurve);
        Assert.Equal(grade.MaskFields?.Planes.Data, read.MaskFields?.Planes.Data);
        Assert.Equal(grade.MaskFields?.Planes.Width, read.MaskFields?.Planes.Width);
        Assert.Equal(classes == 1 ? null : classes, read.MaskFields?.Inputs);
        Assert.Equivalent(grade.Info, read.Info, strict: true);
        Assert.Equal(Bytes(grade), Bytes(read));
    }

    [Fact]
    public void The_same_grade_gives_the_same_bytes_in_a_file_and_in_a_stream()
    {
        using var files = new TemporaryFolder();
        GradeFile.Save(Sample(2), files["a.grade"]);

        Assert.Equal(Bytes(Sample(2)), File.ReadAllBytes(files["a.grade"]));
        Assert.Equal(Bytes(Sample(2)), Bytes(GradeFile.Load(files["a.grade"])));
    }

    [Fact]
    public void A_file_that_is_missing_is_told() =>
        Assert.Equal(ErrorCode.FileMissing, Assert.Throws<PhotoStyleException>(() => GradeFile.Load("no/such.grade")).Code);

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        byte[] bytes = Bytes(Sample(2));
        for (int length = 0; length < bytes.Length; length++) AssertRefused(bytes[..length]);
    }

    [Fact]
    public void Damaged_bytes_give_a_grade_or_are_refused_but_nothing_else_happens()
    {
        byte[] whole = Bytes(Sample(2));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Array[1, 4].Sample(changes =>
        {
            byte[] bytes = [.. whole];
            foreach ((int at, byte value) in changes) bytes[at] = value;
            try
            {
                Use(Load(bytes));
            }
            catch (PhotoStyleException e)
            {
                Assert.Equal(ErrorCode.GradeInvalid, e.Code);
            }
        }, iter: 5_000);
    }

    [Fact]
    public void The_message_names_the_file_and_what_to_do()
    {
        PhotoStyleException error = Assert.Throws<PhotoStyleException>(() => GradeFile.Load(new MemoryStream([1, 2, 3]), "dusk.grade"));

        Assert.StartsWith("dusk.grade ", error.Message, StringComparison.Ordinal);
        Assert.Contains("--save-grade", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_another_kind_or_version_are_refused()
    {
        AssertRefused(file => file.Metadata.Remove("format"));
        AssertRefused(file => file.Metadata["format"] = "pt");
        AssertRefused(file => file.Metadata.Remove("version"));
        AssertRefused(file => file.Metadata["version"] = "2");
        AssertRefused(file => file.Metadata.Remove("info"));
        AssertRefused(file => file.Tensors.Remove("grids"));
        AssertRefused(file => file.Tensors.Remove("global"));
        AssertRefused(file => file.Tensors.Remove("masks"));
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_refused()
    {
        foreach (string name in new[] { "grids", "global", "masks" })
        {
            AssertRefused(file => file.Tensors[name].Values[3] = float.NaN);
            AssertRefused(file => file.Tensors[name].Values[3] = float.NegativeInfinity);
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("3")]
    [InlineData("{")]
    [InlineData("{}")]
    public void Info_that_is_none_is_refused(string info) => AssertRefused(file => file.Metadata["info"] = info);

    [Theory]
    [InlineData("program", "null")]
    [InlineData("aspectRatio", "\"wide\"")]
    [InlineData("options", "null")]
    [InlineData("options", """{"seed":null}""")]
    [InlineData("classes", "null")]
    [InlineData("classes", "[]")]
    [InlineData("classes", "[null,null]")]
    [InlineData("classes", """[{"contentLabels":null},{"contentLabels":[1]}]""")]
    [InlineData("outcomes", "null")]
    [InlineData("outcomes", "[null]")]
    [InlineData("outcomes", """[{"label":1,"name":null}]""")]
    [InlineData("outcomes", """[{"label":1,"name":"green","fate":"eaten"}]""")]
    public void Info_with_gaps_or_of_other_types_is_refused(string property, string value) => AssertRefused(file =>
    {
        JsonNode info = JsonNode.Parse(file.Metadata["info"])!;
        Assert.NotNull(info[property]);
        info[property] = JsonNode.Parse(value);
        file.Metadata["info"] = info.ToJsonString();
    });

    [Fact]
    public void Shapes_that_no_grade_has_are_refused()
    {
        AssertRefused(file => file.Tensors["grids"] = new([2, 2, 2, 36], new float[2 * 2 * 2 * 36]));
        AssertRefused(file => file.Tensors["grids"] = new([2, 2, 1, 6, 12], new float[2 * 2 * 6 * 12]));
        AssertRefused(file => file.Tensors["grids"] = new([0, 2, 2, 3, 12], []));
        AssertRefused(file => file.Tensors["grids"] = new([2, 2, 2, 2000, 12], new float[2 * 2 * 2 * 2000 * 12]));
        AssertRefused(file => file.Tensors["grids"] = new([3, 2, 2, 2, 12], new float[3 * 2 * 2 * 2 * 12]));
        AssertRefused(file => file.Tensors["global"] = new([3, 12], new float[36]));
        AssertRefused(file => file.Tensors["masks"] = new([8, 20], new float[160]));
        AssertRefused(file => file.Tensors["masks"] = new([4, 5, 8], new float[160]));
        AssertRefused(file => file.Tensors["masks"] = new([8, 0, 8], []));
    }

    /// <summary>What a grade that was read must be good for.</summary>
    private static void Use(Grade grade)
    {
        using Photo photo = Photo.FromFloatImage(Grades.Scene(3, 4));
        grade.Render(photo).Dispose();
        if (grade is not GridGrade grid) return;
        Assert.Equal(grid.Grids.Shape.Depth * GridShape.CoefficientCount, grid.GlobalCurve.Length);
        Assert.Equal(grid.Grids.ClassCount, grid.Info.Classes.Count);
    }

    private static void AssertRefused(Action<SafeTensors> damage)
    {
        SafeTensors file = SafeTensors.Read(new MemoryStream(Bytes(Sample(2))));
        damage(file);
        var stream = new MemoryStream();
        file.Write(stream);
        AssertRefused(stream.ToArray());
    }

    private static void AssertRefused(byte[] bytes) => Assert.Equal(ErrorCode.GradeInvalid, Assert.Throws<PhotoStyleException>(() => Load(bytes)).Code);

    private static Grade Load(byte[] bytes) => GradeFile.Load(new MemoryStream(bytes), "a.grade");

    private static byte[] Bytes(Grade grade)
    {
        var stream = new MemoryStream();
        GradeFile.Save(grade, stream);
        return stream.ToArray();
    }
}
