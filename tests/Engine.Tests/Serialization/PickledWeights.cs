using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace PhotoStyle.Engine.Tests.Serialization;

/// <summary>Writes files as <c>torch.save</c> does, instruction by instruction as <c>pickletools.dis</c> shows them.</summary>
internal static class PickledWeights
{
    /// <summary>A file with an OrderedDict of contiguous float tensors.</summary>
    /// <param name="legacy">Whether in the form before PyTorch 1.6.</param>
    /// <param name="tensors">Name, shape and values.</param>
    public static MemoryStream File(bool legacy, params (string Name, long[] Shape, float[] Values)[] tensors)
    {
        var file = new MemoryStream();
        if (legacy) WriteLegacy(file, tensors);
        else WriteZip(file, tensors);
        file.Position = 0;
        return file;
    }

    private static void WriteZip(Stream file, (string Name, long[] Shape, float[] Values)[] tensors)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        void Add(string name, ReadOnlySpan<byte> bytes)
        {
            using Stream entry = archive.CreateEntry("weights/" + name, CompressionLevel.NoCompression).Open();
            entry.Write(bytes);
        }
        Add("data.pkl", Dictionary(tensors, legacy: false));
        Add("byteorder", "little"u8);
        for (int i = 0; i < tensors.Length; i++) Add($"data/{i}", MemoryMarshal.AsBytes(tensors[i].Values.AsSpan()));
        Add("version", "3\n"u8);
    }

    private static void WriteLegacy(Stream file, (string Name, long[] Shape, float[] Values)[] tensors)
    {
        file.Write([0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e]);
        file.Write([0x80, 2, (byte)'M', 0xe9, 3, (byte)'.']);
        file.Write([0x80, 2, (byte)'}', (byte)'q', 0, (byte)'(', .. Text("protocol_version"), (byte)'M', 0xe9, 3, .. Text("little_endian"), 0x88, (byte)'u', (byte)'.']);
        file.Write(Dictionary(tensors, legacy: true));
        file.Write([0x80, 2, (byte)']', (byte)'(', .. Enumerable.Range(0, tensors.Length).SelectMany(i => Text(Key(i))), (byte)'e', (byte)'.']);
        foreach ((string _, long[] _, float[] values) in tensors)
        {
            file.Write(BitConverter.GetBytes((long)values.Length));
            file.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        }
    }

    private static byte[] Dictionary((string Name, long[] Shape, float[] Values)[] tensors, bool legacy)
    {
        var pickle = new List<byte> { 0x80, 2 };
        pickle.AddRange([.. "ccollections\nOrderedDict\nq\0)Rq\u0001("u8]);
        for (int i = 0; i < tensors.Length; i++)
        {
            (string name, long[] shape, float[] values) = tensors[i];
            pickle.AddRange(Text(name));
            pickle.AddRange([.. "ctorch._utils\n_rebuild_tensor_v2\n(("u8]);
            pickle.AddRange(Text("storage"));
            pickle.AddRange([.. "ctorch\nFloatStorage\n"u8]);
            pickle.AddRange([.. Text(legacy ? Key(i) : i.ToString(System.Globalization.CultureInfo.InvariantCulture)), .. Text("cpu"), .. Int(values.Length)]);
            // The old form ends with the view of the storage, which is None.
            pickle.AddRange([.. legacy ? "N"u8 : ""u8, .. "tQ"u8, .. Int(0)]);
            pickle.AddRange([(byte)'(', .. shape.SelectMany(Int), (byte)'t', (byte)'(', .. Strides(shape).SelectMany(Int), (byte)'t', 0x89]);
            pickle.AddRange([.. "ccollections\nOrderedDict\n)RtR"u8]);
        }
        // BUILD gives the dictionary the attribute _metadata.
        pickle.AddRange([.. "u}"u8, .. Text("_metadata"), .. "}sb."u8]);
        return [.. pickle];
    }

    private static string Key(int i) => (94_000_000 + i).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<long> Strides(long[] shape) => shape.Select((_, i) => shape.Skip(i + 1).Aggregate(1L, (product, d) => product * d));

    private static IEnumerable<byte> Int(long value) => [(byte)'J', .. BitConverter.GetBytes((int)value)];

    private static IEnumerable<byte> Int(int value) => Int((long)value);

    private static byte[] Text(string text) => [(byte)'X', .. BitConverter.GetBytes(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];
}
