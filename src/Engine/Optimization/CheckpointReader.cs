using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PhotoStyle.Optimization;

/// <summary>Reads what <see cref="CheckpointWriter"/> wrote. Whatever is wrong with it is a <see cref="PhotoStyleException"/>.</summary>
internal sealed class CheckpointReader(Stream stream) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Dispose() => _hash.Dispose();

    public static PhotoStyleException Damaged() => new(
        ErrorCode.GradeInvalid,
        "The optimiser's checkpoint is damaged, cut short or of another version: delete it and start the optimisation again.");

    public int ReadInt32()
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        Read(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    public long ReadInt64()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        Read(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    public double ReadDouble() => BitConverter.Int64BitsToDouble(ReadInt64());

    public double[] ReadDoubles(int count)
    {
        var values = new double[count];
        Read(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    public void Read(Span<short> values) => Read(MemoryMarshal.AsBytes(values));

    public void Read(Span<byte> bytes)
    {
        ReadRaw(bytes);
        _hash.AppendData(bytes);
    }

    /// <summary>Checks the end of a section.</summary>
    public void CheckSeal()
    {
        Span<byte> seal = stackalloc byte[SHA256.HashSizeInBytes];
        ReadRaw(seal);
        if (!seal.SequenceEqual(_hash.GetHashAndReset())) throw Damaged();
    }

    private void ReadRaw(Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw Damaged();
    }
}
