using System.Text;
using PhotoStyle.Segmentation.Networks;

namespace PhotoStyle.Engine.Tests.Segmentation.Networks;

/// <summary>Writes tiny ONNX models by hand (protocol buffers, onnx.proto of ONNX 1.13): each class scores a weighted sum of the three inputs of its pixel.</summary>
internal static class OnnxBytes
{
    private const int Float = 1;

    /// <summary>A model of one layer.</summary>
    /// <param name="width">Columns of the input.</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="weights">For each class the weights of the first, second and third channel.</param>
    /// <param name="layout">Nchw: a convolution of one pixel; Nhwc: a product of matrices.</param>
    public static byte[] PixelClassifier(int width, int height, float[][] weights, TensorLayout layout = TensorLayout.Nchw)
    {
        bool first = layout == TensorLayout.Nchw;
        int classes = weights.Length;
        float[] values = first ? [.. weights.SelectMany(row => row)] : [.. Enumerable.Range(0, 3).SelectMany(c => weights.Select(row => row[c]))];
        byte[] node = [.. Text(1, "image"), .. Text(1, "weight"), .. Text(2, "scores"), .. Text(4, first ? "Conv" : "MatMul")];
        byte[] weight = [.. (first ? new[] { classes, 3, 1, 1 } : [3, classes]).SelectMany(d => Number(1, d)), .. Number(2, Float), .. Text(8, "weight"), .. Bytes(9, [.. values.SelectMany(BitConverter.GetBytes)])];
        byte[] graph =
        [
            .. Bytes(1, node),
            .. Text(2, "classifier"),
            .. Bytes(5, weight),
            .. Bytes(11, Value("image", first ? [1, 3, height, width] : [1, height, width, 3])),
            .. Bytes(12, Value("scores", first ? [1, classes, height, width] : [1, height, width, classes])),
        ];
        return [.. Number(1, 8), .. Bytes(7, graph), .. Bytes(8, [.. Text(1, ""), .. Number(2, 13)])];
    }

    private static byte[] Value(string name, int[] shape)
    {
        byte[] dimensions = [.. shape.SelectMany(d => Bytes(1, Number(1, d)))];
        byte[] tensor = [.. Number(1, Float), .. Bytes(2, dimensions)];
        return [.. Text(1, name), .. Bytes(2, Bytes(1, tensor))];
    }

    private static byte[] Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Bytes(int field, byte[] bytes) => [.. Varint(field << 3 | 2), .. Varint(bytes.Length), .. bytes];

    private static byte[] Number(int field, int value) => [.. Varint(field << 3), .. Varint(value)];

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        for (uint left = (uint)value; ; left >>= 7)
        {
            if (left < 128)
            {
                bytes.Add((byte)left);
                return [.. bytes];
            }

            bytes.Add((byte)(left & 127 | 128));
        }
    }
}
