using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using PhotoStyle.Imaging;
using PhotoStyle.Models;

namespace PhotoStyle.Segmentation.Networks;

/// <summary>A segmentation network in an ONNX file with a description beside it. May be used from one thread at a time.</summary>
public sealed class SegmentationNetwork : IDisposable
{
    /// <summary>The network that is used where none is named: DeepLabV3 on MobileNetV2, with 31 classes of ADE20K.</summary>
    public const string DefaultName = "deeplabv3-ade20k";

    internal const string DefaultFile = "deeplabv3_mobilenetv2_ade20k32.onnx";
    private const string Extension = ".onnx";
    private const string DescriptionExtension = ".json";

    private readonly InferenceSession _session;
    private readonly string _input;
    private readonly string _output;

    private SegmentationNetwork(string name, byte[] model, NetworkDescription description, string fingerprint)
    {
        Fingerprint = fingerprint;
        (Name, Description) = (name, description);
        _session = CreateSession(name, model);
        try
        {
            (_input, _output) = (CheckInput(), CheckOutput());
        }
        catch
        {
            _session.Dispose();
            throw;
        }
    }

    /// <summary>Its name for people.</summary>
    public string Name { get; }

    /// <summary>What the file beside the model says.</summary>
    public NetworkDescription Description { get; }

    /// <summary>SHA-256 of the model and its description, 64 hexadecimal digits: another text wherever the same photo may give another analysis.</summary>
    public string Fingerprint { get; }

    /// <summary>The <see cref="Fingerprint"/> of a network that is not opened for it.</summary>
    /// <param name="nameOrPath">As for <see cref="Open"/>.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/> or <see cref="ErrorCode.FileMissing"/>, as for <see cref="Open"/>.</exception>
    public static string FingerprintOf(string nameOrPath)
    {
        string path = PathOf(nameOrPath);
        return Hash(ReadAll(path), ReadDescription(path));
    }

    /// <summary>Opens a network.</summary>
    /// <param name="nameOrPath"><see cref="DefaultName"/>, or the path of an .onnx file with its description in a .json file of the same name.</param>
    /// <exception cref="PhotoStyleException">
    /// <see cref="ErrorCode.OptionInvalid"/>: there is no such network. <see cref="ErrorCode.FileMissing"/>: the model or its description is not there.
    /// <see cref="ErrorCode.ModelInvalid"/>: one is damaged, or they do not belong together. <see cref="ErrorCode.PlatformUnsupported"/>: ONNX Runtime does not load.
    /// </exception>
    public static SegmentationNetwork Open(string nameOrPath)
    {
        string path = PathOf(nameOrPath);
        byte[] model = ReadAll(path), description = ReadDescription(path);
        string sidecar = Path.GetFileName(Path.ChangeExtension(path, DescriptionExtension));
        return new SegmentationNetwork(Path.GetFileNameWithoutExtension(path), model, NetworkDescription.Parse(description, sidecar), Hash(model, description));
    }

    /// <summary>Finds what a photo shows.</summary>
    /// <param name="photo">The photo; not kept.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.ModelInvalid"/>: the model does not do what its description says.</exception>
    public ClassAnalysis Analyse(Photo photo)
    {
        FloatImage probabilities = new NetworkWindows(Description).Run(photo, Infer);
        return new ClassAnalysis(photo.ToFloatImage(Segmenter.Size), probabilities, Description.Labels);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static string PathOf(string nameOrPath)
    {
        if (nameOrPath == DefaultName) return ModelFolder.Require(ModelManifest.Get(DefaultName), "cluster the photos instead, which needs no file");
        return nameOrPath.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
            ? nameOrPath
            : throw new PhotoStyleException(ErrorCode.OptionInvalid, $"There is no network '{nameOrPath}': choose {DefaultName} or {Segmenter.CompactName}, or give the path of an .onnx file.");
    }

    private static byte[] ReadDescription(string path)
    {
        string sidecar = Path.ChangeExtension(path, DescriptionExtension);
        return File.Exists(sidecar) ? ReadAll(sidecar)
            : Path.GetFileName(path) == DefaultFile ? EmbeddedDescription()
            : throw new PhotoStyleException(
                ErrorCode.FileMissing, $"The model {path} lacks its description {sidecar}: write one as 'Networks' in docs/segmentation.md shows, with the input's size and the names of the classes.");
    }

    private static string Hash(byte[] model, byte[] description)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Each by its hash: no byte can pass from one to the other.
        hash.AppendData(SHA256.HashData(model));
        hash.AppendData(SHA256.HashData(description));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] ReadAll(string path)
    {
        using FileStream file = InputFile.Open(path);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static byte[] EmbeddedDescription()
    {
        using Stream stream = typeof(SegmentationNetwork).Assembly.GetManifestResourceStream(Path.ChangeExtension(DefaultFile, DescriptionExtension))!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static InferenceSession CreateSession(string name, byte[] model)
    {
        try
        {
            using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            return new InferenceSession(model, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new PhotoStyleException(ErrorCode.ModelInvalid, $"The model {name} can not be loaded ({FirstLine(e)}): fetch the file again, or export it anew as ONNX.", e);
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException)
        {
            throw new PhotoStyleException(
                ErrorCode.PlatformUnsupported, "ONNX Runtime does not load on this system: see docs/platforms.md, or cluster the photos instead, which does without it.", e);
        }
    }

    private string CheckInput()
    {
        if (_session.InputMetadata.Count != 1) throw Unfit($"it has {_session.InputMetadata.Count} inputs where one picture is to go in");
        (string name, NodeMetadata input) = _session.InputMetadata.Single();
        RequireFloats(input, "input");
        long[] wanted = InputShape();
        if (!Fits(input.Dimensions, wanted)) throw Unfit($"its input is {Text(input.Dimensions)} and its description says {string.Join('×', wanted)}");
        return name;
    }

    private string CheckOutput()
    {
        (string name, NodeMetadata output) = _session.OutputMetadata.First();
        RequireFloats(output, "output");
        if (output.Dimensions.Length != 4) throw Unfit($"its output has {output.Dimensions.Length} dimensions instead of four, one score for each class and place");
        RequireLabels(output.Dimensions[Description.Layout == TensorLayout.Nchw ? 1 : 3]);
        return name;
    }

    private void RequireFloats(NodeMetadata node, string role)
    {
        if (!node.IsTensor || node.ElementDataType != Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float) throw Unfit($"its {role} is no tensor of 32-bit floats");
    }

    private void RequireLabels(long channels)
    {
        // A negative dimension is one that the model leaves open.
        if (channels >= 0 && channels != Description.Labels.Count) throw Unfit($"it tells {channels} classes apart and its description names {Description.Labels.Count}");
    }

    private long[] InputShape() => Description.Layout == TensorLayout.Nchw ? [1, 3, Description.Height, Description.Width] : [1, Description.Height, Description.Width, 3];

    private static bool Fits(int[] dimensions, long[] wanted) => dimensions.Length == wanted.Length && dimensions.Zip(wanted).All(pair => pair.First < 0 || pair.First == pair.Second);

    /// <summary>One pass: 3×H×W of the input's size, normalised and in the channel order of the network, to K×h×w.</summary>
    private FloatImage Infer(FloatImage input)
    {
        float[] values = Description.Layout == TensorLayout.Nchw ? input.Data : Interleave(input);
        try
        {
            using OrtValue tensor = OrtValue.CreateTensorValueFromMemory(values, InputShape());
            using var run = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(run, [_input], [tensor], [_output]);
            long[] shape = outputs[0].GetTensorTypeAndShape().Shape;
            bool first = Description.Layout == TensorLayout.Nchw;
            RequireLabels(first ? shape[1] : shape[3]);
            (int channels, int height, int width) = ((int)shape[first ? 1 : 3], (int)shape[first ? 2 : 1], (int)shape[first ? 3 : 2]);
            float[] scores = outputs[0].GetTensorDataAsSpan<float>().ToArray();
            FloatImage planes = first ? new FloatImage(channels, height, width, scores) : Separate(scores, channels, height, width);
            Softmax.ToProbabilities(planes, areProbabilities: Description.Probabilities);
            return planes;
        }
        catch (OnnxRuntimeException e)
        {
            throw Unfit($"it does not run ({FirstLine(e)})", e);
        }
    }

    private static float[] Interleave(FloatImage image)
    {
        var values = new float[image.Data.Length];
        for (int i = 0; i < values.Length; i++) values[i] = image.Data[i % image.Channels * image.PixelCount + i / image.Channels];
        return values;
    }

    private static FloatImage Separate(float[] values, int channels, int height, int width)
    {
        var image = new FloatImage(channels, height, width);
        for (int i = 0; i < values.Length; i++) image.Data[i % channels * image.PixelCount + i / channels] = values[i];
        return image;
    }

    private PhotoStyleException Unfit(string why, Exception? cause = null) =>
        new(ErrorCode.ModelInvalid, $"The model {Name} can not be used: {why}. Give it the description that belongs to it, or another model.", cause);

    private static string Text(int[] dimensions) => string.Join('×', dimensions.Select(d => d < 0 ? "?" : FormattableString.Invariant($"{d}")));

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].Trim().TrimEnd('.');
}
