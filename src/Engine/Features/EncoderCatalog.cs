using PhotoStyle.Imaging;
using PhotoStyle.Models;
using PhotoStyle.Serialization;
using PhotoStyle.Transfer;
using static TorchSharp.torch;

namespace PhotoStyle.Features;

/// <summary>Opens encoders by name.</summary>
public static class EncoderCatalog
{
    // In proportion to the loss between unrelated photos, and for the embedded encoder what the sweep chose: 'bench -- calibrate'. The levels of VGG-19 beyond
    // relu3_1 were not at hand and are taken to be like the others.
    private static readonly Dictionary<string, double> StyleScales = new()
    {
        ["vgg19"] = 21,
        ["vgg19-caffe"] = 21,
        ["vgg19-conv3"] = 21,
        ["vgg19-distilled"] = 25,
        ["vgg19-pca"] = 0.43,
    };

    /// <summary>The names that <see cref="Open"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [EmbeddedEncoder.Name, .. ModelManifest.Models.Where(model => model.Kind == ModelKind.Encoder).Select(model => model.Name)];

    /// <summary>The encoder that is used where none is named: of the published methods, which go pixel by pixel, theirs.</summary>
    public static string DefaultFor(TransferOptions options) => options.SolvesPixels ? "vgg19-caffe" : EmbeddedEncoder.Name;

    /// <summary>Opens an encoder.</summary>
    /// <param name="nameOrPath">One of <see cref="Names"/>, or the path of a file of weights, .safetensors or .pth.</param>
    /// <param name="layers">Chooses levels out of the activations that there are, in the order of the network; if null, they are the first of each block.</param>
    /// <param name="precision">In which numbers VGG-19 and its distilled forms compute; the embedded encoder does so in 32-bit floats.</param>
    /// <param name="device">Where it runs; the processor if null.</param>
    /// <exception cref="PhotoStyleException">
    /// <see cref="ErrorCode.OptionInvalid"/>: there is no such encoder. <see cref="ErrorCode.FileMissing"/>: its weights are not in the folder.
    /// <see cref="ErrorCode.WeightsInvalid"/>: the file is damaged or made for something else.
    /// </exception>
    public static IFeatureEncoder Open(
        string nameOrPath, Func<IReadOnlyList<string>, IReadOnlyCollection<string>?>? layers = null, Precision precision = Precision.Full, Device? device = null)
    {
        if (nameOrPath == EmbeddedEncoder.Name) return EmbeddedEncoder.Create(layers, device);
        if (IsPath(nameOrPath))
        {
            KnownModel? named = ModelManifest.Models.FirstOrDefault(model => model.File == Path.GetFileName(nameOrPath));
            return Load(Path.GetFileNameWithoutExtension(nameOrPath), nameOrPath, named?.Name, layers, precision, device);
        }
        if (!Names.Contains(nameOrPath))
        {
            throw new PhotoStyleException(ErrorCode.OptionInvalid, $"There is no encoder '{nameOrPath}': choose {string.Join(", ", Names)} or give the path of a .safetensors or .pth file.");
        }
        string path = ModelFolder.Require(ModelManifest.Get(nameOrPath), $"use the encoder '{EmbeddedEncoder.Name}', which needs none");
        return Load(nameOrPath, path, nameOrPath, layers, precision, device);
    }

    /// <summary>The SHA-256 that the weights of an encoder must have: of the embedded one's, or, with as many digits as are published, of the file's. Reads no file.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>: there is no such encoder.</exception>
    public static string FingerprintOf(string name) => name == EmbeddedEncoder.Name ? EmbeddedEncoder.Fingerprint : ModelManifest.Get(name).Sha256;

    private static bool IsPath(string nameOrPath) => Path.GetExtension(nameOrPath).ToLowerInvariant() is ".safetensors" or ".pth" or ".pt";

    private static ConvolutionalEncoder Load(
        string name, string path, string? known, Func<IReadOnlyList<string>, IReadOnlyCollection<string>?>? layers, Precision precision, Device? device)
    {
        Dictionary<string, SafeTensor> tensors = Read(path);
        // torchvision's names, and its preprocessing, unless the file is known to be Caffe's in torchvision's form.
        bool torchvision = tensors.Keys.Any(VggWeights.IsConvolution);
        bool caffe = known == "vgg19-caffe" || !torchvision;
        tensors = VggWeights.ByBlock(tensors);
        bool distilled = tensors.ContainsKey("preprocess.weight");
        if (!distilled) tensors = caffe ? VggWeights.WithCaffePreprocessing(tensors) : VggWeights.WithTorchvisionPreprocessing(tensors);
        return new ConvolutionalEncoder(name, tensors, distilled ? Padding.Reflection : Padding.Zero, device, layers?.Invoke(ConvolutionalEncoder.LayersOf(tensors)), precision)
        {
            StyleScale = known is null ? 1 : StyleScales[known],
            InCaffeUnits = caffe && !distilled,
        };
    }

    private static Dictionary<string, SafeTensor> Read(string path)
    {
        using FileStream stream = InputFile.Open(path);
        try
        {
            return TorchFile.Recognises(stream) ? TorchFile.Read(stream, VggWeights.IsConvolution) : SafeTensors.Read(stream).Tensors;
        }
        catch (InvalidDataException e)
        {
            throw new PhotoStyleException(ErrorCode.WeightsInvalid, $"{path} is not a weight file that can be read ({e.Message}): fetch it again.", e);
        }
    }
}
