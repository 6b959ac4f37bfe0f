using PhotoStyle.Imaging;
using PhotoStyle.Serialization;

namespace PhotoStyle.Features;

/// <summary>Opens encoders by name.</summary>
public static class EncoderCatalog
{
    /// <summary>Environment variable that names the folder with weight files.</summary>
    public const string FolderVariable = "PHOTOSTYLE_MODELS";

    // The scales are the loss that is left on pairs of photos after solving, over that which is left with the PCA-distilled one.
    private static readonly Dictionary<string, (string File, double StyleScale)> Files = new()
    {
        ["vgg19"] = ("vgg19_conv1_1_to_conv3_4.safetensors", 30),
        ["vgg19-distilled"] = ("vgg19_16x_distilled_conv5_1.safetensors", 30),
        ["vgg19-pca"] = ("vgg19_pca_distilled_relu4_1.safetensors", 1),
    };

    /// <summary>The names that <see cref="Open"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [EmbeddedEncoder.Name, .. Files.Keys];

    /// <summary>
    /// The folder in which weight files are looked for: what <see cref="FolderVariable"/> says, or else <c>photostyle/models</c> in the user's local application data.
    /// </summary>
    public static string Folder => Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "photostyle", "models");

    /// <summary>Opens an encoder.</summary>
    /// <param name="nameOrPath">One of <see cref="Names"/>, or the path of a safetensors file.</param>
    /// <param name="seed">The seed of the embedded encoder.</param>
    /// <param name="layers">Chooses levels out of the activations that there are, in the order of the network; if null, they are the first of each block.</param>
    /// <exception cref="PhotoStyleException">
    /// <see cref="ErrorCode.OptionInvalid"/>: there is no such encoder. <see cref="ErrorCode.FileMissing"/>: its weights are not in the folder.
    /// <see cref="ErrorCode.WeightsInvalid"/>: the file is damaged or made for something else.
    /// </exception>
    public static IFeatureEncoder Open(string nameOrPath, int seed, Func<IReadOnlyList<string>, IReadOnlyCollection<string>?>? layers = null)
    {
        if (nameOrPath == EmbeddedEncoder.Name) return EmbeddedEncoder.Create(seed, layers);
        if (nameOrPath.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
        {
            return Load(Path.GetFileNameWithoutExtension(nameOrPath), nameOrPath, Files.Values.FirstOrDefault(f => f.File == Path.GetFileName(nameOrPath), ("", 1)).StyleScale, layers);
        }
        if (!Files.TryGetValue(nameOrPath, out (string File, double StyleScale) known))
        {
            throw new PhotoStyleException(ErrorCode.OptionInvalid, $"There is no encoder '{nameOrPath}': choose {string.Join(", ", Names)} or give the path of a .safetensors file.");
        }
        string path = Path.Combine(Folder, known.File);
        if (!File.Exists(path))
        {
            throw new PhotoStyleException(ErrorCode.FileMissing, $"The weights of '{nameOrPath}' are not at {path}: put the file there, name another folder in {FolderVariable}, or use the encoder '{EmbeddedEncoder.Name}', which needs none.");
        }
        return Load(nameOrPath, path, known.StyleScale, layers);
    }

    private static ConvolutionalEncoder Load(string name, string path, double styleScale, Func<IReadOnlyList<string>, IReadOnlyCollection<string>?>? layers)
    {
        using FileStream stream = InputFile.Open(path);
        SafeTensors file;
        try
        {
            file = SafeTensors.Read(stream);
        }
        catch (InvalidDataException e)
        {
            throw new PhotoStyleException(ErrorCode.WeightsInvalid, $"{path} is not a weight file that can be read ({e.Message}): fetch it again.", e);
        }
        IReadOnlyCollection<string>? levels = layers?.Invoke(ConvolutionalEncoder.LayersOf(file.Tensors));
        bool distilled = file.Tensors.ContainsKey("preprocess.weight");
        return distilled
            ? new ConvolutionalEncoder(name, file.Tensors, Padding.Reflection, layers: levels) { StyleScale = styleScale }
            : new ConvolutionalEncoder(name, CaffeWeights.WithPreprocessing(file.Tensors), Padding.Zero, layers: levels) { StyleScale = styleScale, InCaffeUnits = true };
    }
}
