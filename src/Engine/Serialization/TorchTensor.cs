namespace PhotoStyle.Serialization;

/// <summary>A tensor in a file of <c>torch.save</c>: which numbers of a storage it shows.</summary>
/// <param name="Storage">Where they are.</param>
/// <param name="Offset">The first of them.</param>
/// <param name="Shape">Length of each dimension.</param>
/// <param name="Strides">Numbers from one index to the next along each dimension.</param>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>Copies the tensor out of the storage's numbers, in row-major order.</summary>
    public SafeTensor Take(float[] storage)
    {
        if (Shape.Length != Strides.Length) throw Outside();
        long count = Shape.Aggregate(1L, (product, d) => checked(product * d));
        long last = Offset;
        for (int d = 0; d < Shape.Length; d++) last = checked(last + (Shape[d] - 1) * Strides[d]);
        bool outside = Offset < 0 || Shape.Any(d => d < 0) || Strides.Any(s => s < 0) || (count > 0 && last >= storage.Length);
        // A stride of zero would let a few numbers stand for any amount of memory.
        if (outside || count > storage.Length) throw Outside();

        var values = new float[count];
        var index = new long[Shape.Length];
        for (long i = 0; i < count; i++)
        {
            long at = Offset;
            for (int d = 0; d < index.Length; d++) at += index[d] * Strides[d];
            values[i] = storage[at];
            for (int d = index.Length - 1; d >= 0 && ++index[d] == Shape[d]; d--) index[d] = 0;
        }
        return new SafeTensor(Shape, values);

        static InvalidDataException Outside() => new("a tensor does not lie within its storage");
    }
}
