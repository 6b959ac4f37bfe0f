using System.Globalization;
using System.Text.Json;
using PhotoStyle.Imaging;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Serialization;
using PhotoStyle.Transfer;

namespace PhotoStyle.Pipeline.Artifacts;

/// <summary>
/// A photo at working size as a safetensors file: <c>image</c> (3×H×W) and, with labels, <c>labels</c> (H×W). The metadata holds the full size and what the user should know.
/// </summary>
public static class WorkingPhotoFile
{
    /// <summary>Writes a photo.</summary>
    public static byte[] Write(WorkingPhoto photo, IReadOnlyList<string> notices)
    {
        FloatImage image = photo.Image;
        var file = new SafeTensors
        {
            Metadata =
            {
                ["width"] = photo.FullWidth.ToString(CultureInfo.InvariantCulture),
                ["height"] = photo.FullHeight.ToString(CultureInfo.InvariantCulture),
                ["notices"] = JsonSerializer.Serialize(notices, PipelineJson.Options),
            },
            Tensors = { ["image"] = new SafeTensor([image.Channels, image.Height, image.Width], image.Data) },
        };
        if (photo.Labels is { } labels) file.Tensors["labels"] = new SafeTensor([image.Height, image.Width], Array.ConvertAll(labels, label => (float)label));
        using var stream = new MemoryStream();
        file.Write(stream);
        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static (WorkingPhoto Photo, IReadOnlyList<string> Notices) Read(byte[] bytes)
    {
        SafeTensors file = SafeTensors.Read(new MemoryStream(bytes, writable: false));
        SafeTensor image = file.Tensors["image"];
        byte[]? labels = file.Tensors.TryGetValue("labels", out SafeTensor? found) ? Array.ConvertAll(found.Values, label => (byte)label) : null;
        var photo = new WorkingPhoto(
            new FloatImage((int)image.Shape[0], (int)image.Shape[1], (int)image.Shape[2], image.Values),
            labels,
            int.Parse(file.Metadata["width"], CultureInfo.InvariantCulture),
            int.Parse(file.Metadata["height"], CultureInfo.InvariantCulture));
        return (photo, JsonSerializer.Deserialize<string[]>(file.Metadata["notices"], PipelineJson.Options)!);
    }
}
