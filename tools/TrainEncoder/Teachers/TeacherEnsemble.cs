using PhotoStyle.Features;
using PhotoStyle.Serialization;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PhotoStyle.TrainEncoder.Teachers;

/// <summary>
/// Who teaches which level: VGG-19 itself relu1_1, relu2_1 and relu3_1, which is as far as its weights are to be had; its PCA-distilled form relu4_1; its
/// sixteenth, lifted to VGG's width, relu5_1.
/// </summary>
internal sealed class TeacherEnsemble : IDisposable
{
    private readonly IFeatureEncoder _vgg;
    private readonly IFeatureEncoder _distilledByComponents;
    private readonly IFeatureEncoder _distilled;
    private readonly Tensor _lift;
    private readonly Tensor _liftBias;

    public TeacherEnsemble(string folder)
    {
        IFeatureEncoder Open(string file) => EncoderCatalog.Open(Path.Combine(folder, file));
        _vgg = Open("vgg19_conv1_1_to_conv3_4.safetensors");
        _distilledByComponents = Open("vgg19_pca_distilled_relu4_1.safetensors");
        const string distilled = "vgg19_16x_distilled_conv5_1.safetensors";
        _distilled = Open(distilled);
        using FileStream stream = File.OpenRead(Path.Combine(folder, distilled));
        Dictionary<string, SafeTensor> tensors = SafeTensors.Read(stream).Tensors;
        Tensor Load(string name) => torch.tensor(tensors[name].Values, tensors[name].Shape).DetachFromDisposeScope();
        (_lift, _liftBias) = (Load("conv5_1.lift.weight"), Load("conv5_1.lift.bias"));
    }

    /// <summary>Names of the levels taught.</summary>
    public static IReadOnlyList<string> Levels { get; } = ["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"];

    /// <summary>The teachers' features at the places of the student's: relu1_1 at every second pixel of every second row, the others where they are.</summary>
    /// <param name="images">N×3×H×W.</param>
    public IReadOnlyList<Tensor> Encode(Tensor images)
    {
        IReadOnlyList<Tensor> vgg = _vgg.Encode(images);
        Tensor first = vgg[0].slice(2, 0, vgg[0].shape[2], 2).slice(3, 0, vgg[0].shape[3], 2);
        return [first, vgg[1], vgg[2], _distilledByComponents.Encode(images)[3], F.conv2d(_distilled.Encode(images)[4], _lift, _liftBias).relu_()];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _vgg.Dispose();
        _distilledByComponents.Dispose();
        _distilled.Dispose();
        _lift.Dispose();
        _liftBias.Dispose();
    }
}
