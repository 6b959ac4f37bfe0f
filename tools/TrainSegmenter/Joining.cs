using PhotoStyle.Imaging;
using PhotoStyle.Serialization;

namespace PhotoStyle.TrainSegmenter;

/// <summary>Joins two classifiers to one whose logits are the mean of theirs: they err in different places.</summary>
internal static class Joining
{
    public static void Write(string one, string other, string path)
    {
        Dictionary<string, SafeTensor> a = Read(one), b = Read(other);
        int units = (int)a["hidden.weight"].Shape[0], others = (int)b["hidden.weight"].Shape[0], classes = (int)a["output.bias"].Shape[0];
        float[] first = a["output.weight"].Values, second = b["output.weight"].Values;
        var file = new SafeTensors
        {
            Tensors =
            {
                ["hidden.weight"] = new([units + others, a["hidden.weight"].Shape[1]], [.. a["hidden.weight"].Values, .. b["hidden.weight"].Values]),
                ["hidden.bias"] = new([units + others], [.. a["hidden.bias"].Values, .. b["hidden.bias"].Values]),
                ["output.weight"] = new(
                    [classes, units + others],
                    [.. Enumerable.Range(0, classes).SelectMany(k => first.Skip(k * units).Take(units).Concat(second.Skip(k * others).Take(others))).Select(value => value / 2)]),
                ["output.bias"] = new([classes], [.. a["output.bias"].Values.Zip(b["output.bias"].Values, (x, y) => (x + y) / 2)]),
            },
        };
        AtomicFile.Write(path, stream => file.Write(stream));
    }

    private static Dictionary<string, SafeTensor> Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return SafeTensors.Read(stream).Tensors;
    }
}
