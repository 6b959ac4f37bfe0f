using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PhotoStyle.Features;

/// <summary>
/// The form of the compact encoder: a 4×4 convolution that halves the picture at once, then blocks of 3×3 convolutions with ReLU, the last of each block a level;
/// 2×2 max pooling before each block but the first. A level is what a 1×1 convolution without ReLU, its lift, makes of the last of a block: the principal coordinates
/// of the features of VGG-19 that it learnt from, so that distances of Gram matrices are measured in VGG-19's own space. What costs VGG-19 most are its convolutions at
/// full size: here there are none.
/// </summary>
internal static class CompactNetwork
{
    /// <summary>Channels of the convolutions of each level.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<int>> Widths = [[16], [32], [64, 64], [64], [96]];

    /// <summary>Channels of the levels.</summary>
    public static readonly IReadOnlyList<int> LiftWidths = [16, 32, 64, 64, 64];

    // Grey, so that the zeros beyond the border are no edge.
    private const float Grey = 0.45f;

    /// <summary>Pixels of the picture per pixel of a level along each side.</summary>
    public static int Stride(int level) => 2 << Math.Max(0, level - 1);

    /// <summary>The name of a convolution's tensors up to <c>.weight</c> and <c>.bias</c>.</summary>
    public static string Name(int level, int convolution) => string.Create(CultureInfo.InvariantCulture, $"conv{level + 1}_{convolution + 1}");

    /// <summary>The shape O×I×k×k of a convolution's weights.</summary>
    public static long[] Shape(int level, int convolution)
    {
        int outputs = Widths[level][convolution];
        int inputs = convolution > 0 ? Widths[level][convolution - 1] : level > 0 ? Widths[level - 1][^1] : 3;
        int side = level == 0 ? 4 : 3;
        return [outputs, inputs, side, side];
    }

    /// <summary>The name of a level's lift.</summary>
    public static string LiftName(int level) => string.Create(CultureInfo.InvariantCulture, $"lift{level + 1}.weight");

    /// <summary>The shape of a level's lift.</summary>
    public static long[] LiftShape(int level) => [LiftWidths[level], Widths[level][^1], 1, 1];

    /// <summary>Computes what the lifts make levels of.</summary>
    /// <param name="image">N×3×H×W, RGB in [0, 1].</param>
    /// <param name="weights">All convolutions in the order in which they are applied.</param>
    /// <returns>For each level N×C×⌊H/stride⌋×⌊W/stride⌋, in the current dispose scope.</returns>
    public static IReadOnlyList<Tensor> EncodeBlocks(Tensor image, IReadOnlyList<(Tensor Weight, Tensor Bias)> weights)
    {
        var blocks = new List<Tensor>(Widths.Count);
        using Scalar grey = Grey.ToScalar();
        Tensor x = image - grey;
        int next = 0;
        for (int level = 0; level < Widths.Count; level++)
        {
            if (level > 1) x = F.max_pool2d(x, kernel_size: 2);
            for (int i = 0; i < Widths[level].Count; i++)
            {
                (Tensor weight, Tensor bias) = weights[next++];
                x = (level == 0 ? F.conv2d(x, weight, bias, strides: [2, 2], padding: [1, 1]) : F.conv2d(x, weight, bias, padding: [1, 1])).relu_();
            }
            blocks.Add(x);
        }
        return blocks;
    }

    /// <summary>Makes a level of a block.</summary>
    public static Tensor Lift(Tensor block, Tensor lift) => F.conv2d(block, lift);
}
