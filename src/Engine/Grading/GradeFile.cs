using System.Text.Json;
using System.Text.Json.Serialization;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;
using PhotoStyle.Serialization;

namespace PhotoStyle.Grading;

/// <summary>
/// Grades as safetensors files: <c>global</c> (cells×12), and either <c>grids</c> (K×height×depth×width×12) and, with several classes, <c>masks</c> (4K×h×w: for each
/// class the slopes for red, green and blue and the offset of its guided-filter field), or <c>field</c> (12×h×w: for red, green and blue in turn the slopes for red,
/// green and blue and the offset; or 3×h×w: colours). The metadata holds <c>format</c>, <c>version</c> and <c>info</c>, a JSON object.
/// </summary>
public static class GradeFile
{
    private const string Format = "photostyle-grade";
    private const string Version = "1";

    // A file from outside must not make the renderer allocate without limit.
    private const int MostClasses = 256;
    private const int MostFieldSide = 4096;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        RespectNullableAnnotations = true,
    };

    /// <summary>Writes a grade; a failure leaves no half-written file.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OutputNotWritable"/>.</exception>
    public static void Save(Grade grade, string path) => AtomicFile.Write(path, stream => Save(grade, stream));

    /// <summary>Writes a grade. The same grade gives the same bytes.</summary>
    public static void Save(Grade grade, Stream stream)
    {
        var file = new SafeTensors
        {
            Metadata = { ["format"] = Format, ["version"] = Version, ["info"] = JsonSerializer.Serialize(grade.Info, Json) },
            Tensors = { ["global"] = new([grade.GlobalCurve.Length / GridShape.CoefficientCount, GridShape.CoefficientCount], grade.GlobalCurve) },
        };
        if (grade is GridGrade { Grids: { } grids } grid)
        {
            file.Tensors["grids"] = new([grids.ClassCount, grids.Shape.Height, grids.Shape.Depth, grids.Shape.Width, GridShape.CoefficientCount], grids.Values);
            if (grid.MaskFields is { Planes: { } planes }) file.Tensors["masks"] = Planes(planes);
        }
        else
        {
            file.Tensors["field"] = Planes(((FieldGrade)grade).Field.Planes);
        }
        file.Write(stream);

        static SafeTensor Planes(FloatImage planes) => new([planes.Channels, planes.Height, planes.Width], planes.Data);
    }

    /// <summary>Reads a grade.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.FileMissing"/> or <see cref="ErrorCode.GradeInvalid"/>.</exception>
    public static Grade Load(string path)
    {
        using FileStream stream = InputFile.Open(path);
        return Load(stream, Path.GetFileName(path));
    }

    /// <summary>Reads a grade.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.GradeInvalid"/>: not a grade, damaged, or of another version.</exception>
    public static Grade Load(Stream stream, string name)
    {
        try
        {
            return Parse(SafeTensors.Read(stream));
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or KeyNotFoundException)
        {
            throw new PhotoStyleException(ErrorCode.GradeInvalid, $"{name} is not a grade that this version can read ({e.Message}): make it again with 'photostyle transfer --save-grade'.", e);
        }
    }

    private static Grade Parse(SafeTensors file)
    {
        Require(file.Metadata.GetValueOrDefault("format") == Format, "it is a safetensors file of another kind");
        string? version = file.Metadata.GetValueOrDefault("version");
        Require(version == Version, $"its version is {version}, not {Version}");
        GradeInfo info = JsonSerializer.Deserialize<GradeInfo>(file.Metadata["info"], Json) ?? throw new InvalidDataException("it has no info");
        // The serializer looks at members, not at what lists hold.
        Require(info.Options.Values.Concat<object?>(info.Classes).Concat(info.Outcomes).All(item => item is not null), "its info has gaps");

        return file.Tensors.TryGetValue("field", out SafeTensor? field) ? ParseField(file, field, info) : ParseGrids(file, file.Tensors["grids"], info);
    }

    private static FieldGrade ParseField(SafeTensors file, SafeTensor field, GradeInfo info)
    {
        Require(field.Shape.Length == 3 && field.Shape[0] is AffineField.TransformPlanes or AffineField.ColourPlanes && field.Values.Length > 0, "its field has another shape");
        Require(field.Shape[1] <= MostFieldSide && field.Shape[2] <= MostFieldSide, "its field is too large");
        Require(field.Values.All(float.IsFinite), "it holds numbers that are not finite");
        SafeTensor global = file.Tensors["global"];
        Require(global.Shape is [>= GridShape.LeastCells and <= GridShape.MostCells, GridShape.CoefficientCount], "its global part has another shape");
        Require(global.Values.All(float.IsFinite), "it holds numbers that are not finite");
        return new FieldGrade(new AffineField(new FloatImage((int)field.Shape[0], (int)field.Shape[1], (int)field.Shape[2], field.Values)), global.Values, info);
    }

    private static GridGrade ParseGrids(SafeTensors file, SafeTensor grids, GradeInfo info)
    {
        Require(grids.Shape.Length == 5 && grids.Shape[0] is >= 1 and <= MostClasses && grids.Shape[4] == GridShape.CoefficientCount, "its grids have another shape");
        Require(grids.Shape[1..4].All(cells => cells is >= GridShape.LeastCells and <= GridShape.MostCells), "its grids have too few or too many cells");
        int classes = (int)grids.Shape[0];
        Require(info.Classes.Count == classes, "its info names another number of classes");
        var shape = new GridShape((int)grids.Shape[3], (int)grids.Shape[1], (int)grids.Shape[2]);

        SafeTensor global = file.Tensors["global"];
        Require(global.Shape.SequenceEqual([shape.Depth, GridShape.CoefficientCount]), "its global part has another shape");
        Require(grids.Values.All(float.IsFinite) && global.Values.All(float.IsFinite), "it holds numbers that are not finite");

        GuidedFilterCoefficients? fields = null;
        if (classes > 1)
        {
            SafeTensor masks = file.Tensors["masks"];
            Require(masks.Shape.Length == 3 && masks.Shape[0] == classes * 4 && masks.Values.Length > 0 && masks.Values.All(float.IsFinite), "its masks have another shape");
            fields = new GuidedFilterCoefficients(3, new FloatImage(classes * 4, (int)masks.Shape[1], (int)masks.Shape[2], masks.Values));
        }
        return new GridGrade(new AffineGrids(classes, shape, grids.Values), fields, global.Values, info);
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition) throw new InvalidDataException(otherwise);
    }
}
