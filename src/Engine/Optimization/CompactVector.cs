using System.Runtime.Intrinsics;

namespace PhotoStyle.Optimization;

/// <summary>
/// A vector in 16-bit integers with a scale for each chunk: half the memory of float32, and an error of at most 1/65 534 of the chunk's largest value.
/// </summary>
internal sealed class CompactVector(int count)
{
    /// <summary>Values with a common scale. What one thread needs of a chunk at once stays in the first-level cache.</summary>
    public const int Chunk = 2048;

    private readonly short[] _values = new short[count];
    private readonly double[] _scales = new double[Chunks(count)];

    /// <summary>Values read by one vector instruction; what is left at a chunk's end is read one by one.</summary>
    public static int Lanes => Vector256<short>.Count;

    /// <summary>Chunks of so many values.</summary>
    public static int Chunks(int count) => (count + Chunk - 1) / Chunk;

    /// <summary>What the integers of a chunk are multiplied by.</summary>
    public double Scale(int chunk) => _scales[chunk];

    /// <summary>The integers of a chunk.</summary>
    public ReadOnlySpan<short> Values(int chunk) => _values.AsSpan(chunk * Chunk, Math.Min(Chunk, _values.Length - chunk * Chunk));

    /// <summary>Sets a chunk to a − b.</summary>
    public void SetDifference(int chunk, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Span<short> values = _values.AsSpan(chunk * Chunk, Math.Min(Chunk, _values.Length - chunk * Chunk));
        int start = chunk * Chunk;
        double largest = 0;
        for (int i = 0; i < values.Length; i++) largest = Math.Max(largest, Math.Abs(a[start + i] - b[start + i]));
        double scale = largest / short.MaxValue;
        _scales[chunk] = scale;
        // Also where the scale is too small to divide by: what is left then is zero.
        if (!double.IsNormal(scale))
        {
            _scales[chunk] = 0;
            values.Clear();
            return;
        }
        for (int i = 0; i < values.Length; i++) values[i] = (short)Math.Round((a[start + i] - b[start + i]) / scale);
    }

    /// <summary>Writes the vector.</summary>
    public void Save(CheckpointWriter writer)
    {
        writer.Write(_scales);
        writer.Write(_values);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Load(CheckpointReader reader)
    {
        reader.ReadDoubles(_scales.Length).CopyTo(_scales, 0);
        reader.Read(_values);
    }

    /// <summary>Reads <see cref="Lanes"/> integers as float64.</summary>
    public static (Vector512<double> First, Vector512<double> Second) Load(ref short first, int i)
    {
        (Vector256<int> low, Vector256<int> high) = Vector256.Widen(Vector256.LoadUnsafe(ref first, (nuint)i));
        return (Widen(low), Widen(high));
    }

    /// <summary>The integers of a chunk as float64.</summary>
    public void Decode(int chunk, Span<double> values)
    {
        ReadOnlySpan<short> from = Values(chunk);
        for (int i = 0; i < from.Length; i++) values[i] = from[i];
    }

    // Integers of 16 bits are exact as floats.
    private static Vector512<double> Widen(Vector256<int> values)
    {
        (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.ConvertToSingle(values));
        return Vector512.Create(low, high);
    }
}
