using System.Text.Json;
using System.Text.Json.Serialization;

namespace PhotoStyle.Segmentation.Networks;

/// <summary>What has to be known of a segmentation network to use it: the JSON file beside the model.</summary>
public sealed record NetworkDescription
{
    private const int LargestSide = 4096;

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Columns of the input.</summary>
    public required int Width { get; init; }

    /// <summary>Rows of the input.</summary>
    public required int Height { get; init; }

    /// <summary>How a photo of another shape is brought into the input.</summary>
    public PhotoFit Fit { get; init; } = PhotoFit.Letterbox;

    /// <summary>Order of the dimensions of input and output.</summary>
    public TensorLayout Layout { get; init; } = TensorLayout.Nchw;

    /// <summary>Whether blue comes first.</summary>
    public bool Bgr { get; init; }

    /// <summary>Subtracted from sRGB values in [0, 1], by R, G and B.</summary>
    public IReadOnlyList<double> Mean { get; init; } = [0, 0, 0];

    /// <summary>Then divides them.</summary>
    public IReadOnlyList<double> Deviation { get; init; } = [1, 1, 1];

    /// <summary>Whether the outputs are probabilities already; else they are logits.</summary>
    public bool Probabilities { get; init; }

    /// <summary>The names of the classes, in the order of the output's channels.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Reads a description.</summary>
    /// <param name="json">The text of the file, UTF-8.</param>
    /// <param name="name">What messages call the file.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.ModelInvalid"/>: it is no such description; the message says why.</exception>
    public static NetworkDescription Parse(ReadOnlySpan<byte> json, string name)
    {
        try
        {
            NetworkDescription description = JsonSerializer.Deserialize<NetworkDescription>(json, _json) ?? throw new JsonException("it is empty");
            description.Validate();
            return description;
        }
        catch (JsonException e)
        {
            throw new PhotoStyleException(
                ErrorCode.ModelInvalid, $"{name} does not describe a segmentation model ({e.Message.TrimEnd('.')}): see 'Networks' in docs/segmentation.md for what it has to say.", e);
        }
    }

    private void Validate()
    {
        Require(Width is >= 1 and <= LargestSide && Height is >= 1 and <= LargestSide, $"width and height are from 1 to {LargestSide}");
        Require(Mean.Count == 3 && Mean.All(double.IsFinite), "mean has three numbers");
        Require(Deviation.Count == 3 && Deviation.All(value => double.IsFinite(value) && value > 0), "deviation has three positive numbers");
        Require(Labels.Count is >= 2 and <= 1000 && Labels.All(label => !string.IsNullOrWhiteSpace(label)), "labels has two names or more");
    }

    private static void Require(bool condition, string rule)
    {
        if (!condition) throw new JsonException(rule);
    }
}
