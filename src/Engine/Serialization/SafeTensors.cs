using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace PhotoStyle.Serialization;

/// <summary>
/// A safetensors file: an eight-byte header length, a JSON header, then raw little-endian values. No code is ever run by reading one.
/// Floats of 32 and 16 bits are read and written; in memory all have 32.
/// </summary>
public sealed class SafeTensors
{
    // The format's reference implementation refuses longer headers as well.
    private const long MaxHeaderBytes = 100_000_000;

    /// <summary>Free-form text about the whole file (<c>__metadata__</c> in the header).</summary>
    public Dictionary<string, string> Metadata { get; init; } = [];

    /// <summary>The tensors by name.</summary>
    public Dictionary<string, SafeTensor> Tensors { get; init; } = [];

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a safetensors file of floats of 32 or 16 bits; the message says why.</exception>
    public static SafeTensors Read(Stream stream)
    {
        try
        {
            if (stream.CanSeek) return ReadChecked(stream);
            // Only of a stream with a length can be told whether it holds what its header claims.
            using var whole = new MemoryStream();
            stream.CopyTo(whole);
            whole.Position = 0;
            return ReadChecked(whole);
        }
        catch (Exception e) when (e is EndOfStreamException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new InvalidDataException("it is cut short or its header is damaged", e);
        }
    }

    /// <summary>Writes header and values; the same content gives the same bytes.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="half">Whether to round to 16 bits (IEEE 754 binary16), in half the space.</param>
    public void Write(Stream stream, bool half = false)
    {
        byte[] header = Header(half);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach ((_, SafeTensor tensor) in Ordered())
        {
            stream.Write(half ? MemoryMarshal.AsBytes(Array.ConvertAll(tensor.Values, v => (Half)v).AsSpan()) : MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
        }
    }

    private static SafeTensors ReadChecked(Stream stream)
    {
        Span<byte> lengthBytes = stackalloc byte[8];
        stream.ReadExactly(lengthBytes);
        long headerLength = BinaryPrimitives.ReadInt64LittleEndian(lengthBytes);
        if (headerLength is < 2 or > MaxHeaderBytes) throw new InvalidDataException("its header length is impossible");
        RequireRest(stream, headerLength);

        var headerBytes = new byte[headerLength];
        stream.ReadExactly(headerBytes);
        using JsonDocument header = JsonDocument.Parse(headerBytes);

        var result = new SafeTensors();
        var entries = new List<(string Name, bool Half, long[] Shape, long Begin, long End)>();
        foreach (JsonProperty property in header.RootElement.EnumerateObject())
        {
            if (property.Name == "__metadata__")
            {
                foreach (JsonProperty item in property.Value.EnumerateObject()) result.Metadata[item.Name] = item.Value.GetString() ?? "";
                continue;
            }
            string? type = property.Value.GetProperty("dtype").GetString();
            if (type is not ("F32" or "F16")) throw new InvalidDataException($"tensor '{property.Name}' has type {type}, only F32 and F16 are read");
            long[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())];
            if (property.Value.GetProperty("data_offsets").EnumerateArray().Select(d => d.GetInt64()).ToArray() is not [long begin, long end])
            {
                throw new InvalidDataException($"tensor '{property.Name}' does not say where it begins and ends");
            }
            entries.Add((property.Name, type == "F16", shape, begin, end));
        }

        long position = 0;
        foreach ((string name, bool half, long[] shape, long begin, long end) in entries.OrderBy(e => e.Begin))
        {
            long count = shape.Aggregate(1L, (product, d) => checked(product * d));
            if (begin != position || shape.Any(d => d < 0) || count > Array.MaxLength || end - begin != checked(count * ElementBytes(half)))
            {
                throw new InvalidDataException($"tensor '{name}' does not lie where its shape says");
            }
            RequireRest(stream, end - begin);
            result.Tensors[name] = new SafeTensor(shape, half ? Array.ConvertAll(ReadValues<Half>(stream, count), v => (float)v) : ReadValues<float>(stream, count));
            position = end;
        }
        return result;
    }

    private static T[] ReadValues<T>(Stream stream, long count)
        where T : unmanaged
    {
        var values = new T[count];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private static int ElementBytes(bool half) => half ? 2 : sizeof(float);

    /// <summary>Called before allocating: a damaged header must not ask for gigabytes.</summary>
    private static void RequireRest(Stream stream, long bytes)
    {
        if (bytes > stream.Length - stream.Position) throw new EndOfStreamException();
    }

    private byte[] Header(bool half)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach ((string key, string value) in Metadata.OrderBy(m => m.Key, StringComparer.Ordinal)) json.WriteString(key, value);
            json.WriteEndObject();
            long offset = 0;
            foreach ((string name, SafeTensor tensor) in Ordered())
            {
                long end = offset + tensor.Values.LongLength * ElementBytes(half);
                json.WriteStartObject(name);
                json.WriteString("dtype", half ? "F16" : "F32");
                json.WriteStartArray("shape");
                foreach (long d in tensor.Shape) json.WriteNumberValue(d);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
                offset = end;
            }
            json.WriteEndObject();
        }
        // Spaces behind the header align the values for readers that map the file.
        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private IOrderedEnumerable<KeyValuePair<string, SafeTensor>> Ordered() => Tensors.OrderBy(t => t.Key, StringComparer.Ordinal);
}
