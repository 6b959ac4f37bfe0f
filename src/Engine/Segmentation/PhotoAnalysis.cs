using System.Text.Json;
using PhotoStyle.Imaging;
using PhotoStyle.Serialization;

namespace PhotoStyle.Segmentation;

/// <summary>What is found in one photo alone, before both photos are looked at together: the first of the two steps of <see cref="Segmenter"/>.</summary>
/// <param name="Image">3×H×W, sRGB-encoded: the photo at the size at which it is segmented.</param>
public abstract record PhotoAnalysis(FloatImage Image)
{
    private const string Kind = "kind", Areas = "areas", Classes = "classes";

    /// <summary>Writes it as a safetensors file; the same analysis gives the same bytes.</summary>
    /// <param name="stream">Where to; left open.</param>
    public void Save(Stream stream)
    {
        var file = new SafeTensors { Tensors = { ["image"] = Tensor(Image) } };
        switch (this)
        {
            case AreaAnalysis areas:
                file.Metadata[Kind] = Areas;
                file.Tensors["areas"] = new SafeTensor([Image.Height, Image.Width], [.. areas.Areas.Select(area => (float)area)]);
                file.Tensors["features"] = new SafeTensor([areas.Features.Length, areas.Features[0].Length], [.. areas.Features.SelectMany(row => row)]);
                break;
            case ClassAnalysis classes:
                file.Metadata[Kind] = Classes;
                file.Metadata["names"] = JsonSerializer.Serialize(classes.Names);
                file.Tensors["probabilities"] = Tensor(classes.Probabilities);
                break;
        }

        file.Write(stream);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static PhotoAnalysis Load(Stream stream)
    {
        SafeTensors file = SafeTensors.Read(stream);
        try
        {
            FloatImage image = Planes(file.Tensors["image"]);
            Require(image.Channels == 3);
            return file.Metadata[Kind] switch
            {
                Areas => LoadAreas(file, image),
                Classes => LoadClasses(file, image),
                string other => throw new InvalidDataException($"it is an analysis of the unknown kind '{other}'"),
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or JsonException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException("it lacks a part of an analysis", e);
        }
    }

    private static AreaAnalysis LoadAreas(SafeTensors file, FloatImage image)
    {
        SafeTensor areas = file.Tensors["areas"], features = file.Tensors["features"];
        Require(areas.Shape.SequenceEqual([image.Height, image.Width]) && features.Shape is [> 0, > 0]);
        int count = (int)features.Shape[0], dimensions = (int)features.Shape[1];
        Require(areas.Values.All(area => area >= 0 && area < count && area == MathF.Floor(area)) && areas.Values.Max() == count - 1);
        Require(features.Values.All(float.IsFinite));
        return new AreaAnalysis(image, [.. areas.Values.Select(area => (int)area)], [.. features.Values.Chunk(dimensions)]);
    }

    private static ClassAnalysis LoadClasses(SafeTensors file, FloatImage image)
    {
        FloatImage probabilities = Planes(file.Tensors["probabilities"]);
        string[] names = JsonSerializer.Deserialize<string[]>(file.Metadata["names"]) ?? [];
        Require(names.Length == probabilities.Channels && names.All(name => name is not null) && probabilities.Data.All(float.IsFinite));
        return new ClassAnalysis(image, probabilities, names);
    }

    private static SafeTensor Tensor(FloatImage image) => new([image.Channels, image.Height, image.Width], image.Data);

    private static FloatImage Planes(SafeTensor tensor)
    {
        Require(tensor.Shape is [> 0, > 0, > 0]);
        return new FloatImage((int)tensor.Shape[0], (int)tensor.Shape[1], (int)tensor.Shape[2], tensor.Values);
    }

    private static void Require(bool condition)
    {
        if (!condition) throw new InvalidDataException("its parts do not belong together");
    }
}
