using System.Runtime.InteropServices;

namespace PhotoStyle.Serialization;

/// <summary>A block of numbers in a file of <c>torch.save</c>, which tensors are views of.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Type">PyTorch's name for its type, such as <c>FloatStorage</c>.</param>
/// <param name="Count">How many numbers.</param>
internal sealed record TorchStorage(string Key, string Type, long Count)
{
    public int ElementBytes => Type switch
    {
        "DoubleStorage" or "LongStorage" => 8,
        "FloatStorage" or "IntStorage" => 4,
        "HalfStorage" or "BFloat16Storage" or "ShortStorage" => 2,
        _ => 1,
    };

    /// <summary>Reads the numbers of a floating-point type.</summary>
    public float[] ReadValues(Stream stream)
    {
        if (Count < 0 || Count > Array.MaxLength / sizeof(double)) throw new InvalidDataException($"the storage '{Key}' is impossibly long");
        return Type switch
        {
            "FloatStorage" => Read<float>(stream),
            "DoubleStorage" => Array.ConvertAll(Read<double>(stream), v => (float)v),
            "HalfStorage" => Array.ConvertAll(Read<Half>(stream), v => (float)v),
            // The upper half of a float's bits.
            "BFloat16Storage" => Array.ConvertAll(Read<ushort>(stream), v => BitConverter.UInt32BitsToSingle((uint)v << 16)),
            _ => throw new InvalidDataException($"the storage '{Key}' holds no floating-point numbers but {Type}"),
        };
    }

    private T[] Read<T>(Stream stream)
        where T : unmanaged
    {
        var values = new T[Count];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
