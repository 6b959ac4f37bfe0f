using PhotoStyle.Segmentation.Networks;

namespace PhotoStyle.Models;

/// <summary>All models that the program knows.</summary>
public static class ModelManifest
{
    private const string PaperOfVgg = "Simonyan, Zisserman: Very Deep Convolutional Networks for Large-Scale Image Recognition (2014)";

    /// <summary>The models, in the order in which they are listed.</summary>
    public static IReadOnlyList<KnownModel> Models { get; } =
    [
        new(
            "vgg19", ModelKind.Encoder, "VGG-19 as trained by torchvision, all convolutions", "vgg19-dcbb9e9d.pth", 574_673_361,
            "dcbb9e9dad569fff7a846263a77324fc34978fea2bfb039c012d710e1776ae44", "BSD-3-Clause (torchvision)", PaperOfVgg + "; torchvision's IMAGENET1K_V1",
            new("https://download.pytorch.org/models/vgg19-dcbb9e9d.pth")),
        new(
            "vgg19-caffe", ModelKind.Encoder, "VGG-19 as trained in Caffe, all convolutions; what the paper used", "vgg19-d01eb7cb.pth", null,
            "d01eb7cb", "CC BY 4.0", PaperOfVgg + "; converted for PyTorch by J. Johnson",
            new("https://web.eecs.umich.edu/~justincj/models/vgg19-d01eb7cb.pth")),
        new(
            "vgg19-conv3", ModelKind.Encoder, "the first eight convolutions of vgg19-caffe, to conv3_4", "vgg19_conv1_1_to_conv3_4.safetensors", 9_303_784,
            "01035b30b2ccacb2cdc19a2a158c3bd2779c0102695679ad6ff5fe965ec8089f", "CC BY 4.0", PaperOfVgg + "; repackaged", null),
        new(
            "vgg19-distilled", ModelKind.Encoder, "VGG-19 distilled to a sixteenth, to conv5_1", "vgg19_16x_distilled_conv5_1.safetensors", 3_860_176,
            "fe7a4d9edc97681b624df369ab5b71a5ab639540c972105163d7b859293a2edc", "MIT", "Wang et al.: Collaborative Distillation (CVPR 2020); repackaged", null),
        new(
            "vgg19-pca", ModelKind.Encoder, "VGG-19 distilled by principal components, to relu4_1", "vgg19_pca_distilled_relu4_1.safetensors", 771_896,
            "e808565211ddbecdfbce9a434286cc1efae62cf055997ad83e6fbc170af8bea6", "MIT", "Chiu, Gurari: PCA-Based Knowledge Distillation (CVPR 2022); repackaged", null),
        new(
            SegmentationNetwork.DefaultName, ModelKind.Segmentation, "DeepLabV3 on MobileNetV2, 31 classes of ADE20K", SegmentationNetwork.DefaultFile, 9_438_411,
            "8119d84a9c0f48a70498d452f78e94e1b8c7055eea70b6337fa17781e8e91cd4", "Apache-2.0", "Chen et al.: Rethinking Atrous Convolution (2017); MLCommons mobile models, dequantised", null),
    ];

    /// <summary>The model of that name, or null.</summary>
    public static KnownModel? Find(string name) => Models.FirstOrDefault(model => model.Name == name);

    /// <summary>The model of that name.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>: there is none.</exception>
    public static KnownModel Get(string name) => Find(name) ??
        throw new PhotoStyleException(ErrorCode.OptionInvalid, $"There is no model '{name}': choose {string.Join(", ", Models.Select(model => model.Name))}.");
}
