using PhotoStyle.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Features;

/// <summary>Images as tensors.</summary>
internal static class ImageTensor
{
    /// <summary>Copies an image into a 1×C×H×W tensor with channels-last memory, which the convolutions keep: no layout is converted between them.</summary>
    public static Tensor From(FloatImage image, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor planar = torch.tensor(image.Data, [1, image.Channels, image.Height, image.Width]);
        return planar.permute(0, 2, 3, 1).contiguous().to(device).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>A copy with the memory of channels-last. The wrapper has no memory_format argument: a permuted view of contiguous data has those strides.</summary>
    public static Tensor ChannelsLast(Tensor nchw) => nchw.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    /// <summary>Copies a 1×C×H×W tensor into planes.</summary>
    public static FloatImage ToFloatImage(Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor planar = tensor.cpu().contiguous();
        return new FloatImage((int)tensor.shape[1], (int)tensor.shape[2], (int)tensor.shape[3], planar.data<float>().ToArray());
    }
}
