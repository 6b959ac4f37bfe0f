using System.Buffers.Binary;
using System.IO.Compression;

namespace PhotoStyle.Serialization;

/// <summary>
/// A file of <c>torch.save</c> with a dictionary of tensors, as torchvision publishes weights: either a zip archive with a pickle and raw values, or, before
/// PyTorch 1.6, several pickles and the values behind each other. Pickles are programs; here they are read by <see cref="Unpickler"/>, which can run none.
/// </summary>
/// <remarks>https://pytorch.org/docs/stable/notes/serialization.html; torch/serialization.py describes both forms.</remarks>
public static class TorchFile
{
    private const int MostPickleBytes = 64 << 20;

    // Two bytes that begin every pickle of protocol 2, then an integer of ten bytes: 0x1950a86a20f9469cfc6c.
    private static readonly byte[] LegacyMagic = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];
    private static readonly byte[] ZipMagic = [(byte)'P', (byte)'K', 3, 4];

    /// <summary>Whether a stream begins like such a file; its position is put back to the beginning.</summary>
    public static bool Recognises(Stream stream)
    {
        var head = new byte[LegacyMagic.Length];
        int count = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return count == head.Length && (head.AsSpan().StartsWith(ZipMagic) || head.AsSpan().SequenceEqual(LegacyMagic));
    }

    /// <summary>Reads the tensors whose names are wanted; the others are not even loaded.</summary>
    /// <param name="stream">The file; it has to be seekable.</param>
    /// <param name="wanted">Which names.</param>
    /// <exception cref="InvalidDataException">It is not such a file, is damaged, or holds anything but plain tensors; the message says why.</exception>
    public static Dictionary<string, SafeTensor> Read(Stream stream, Func<string, bool> wanted)
    {
        try
        {
            if (!Recognises(stream)) throw new InvalidDataException("it is not a file of torch.save");
            return stream.ReadByte() == ZipMagic[0] ? ReadZip(stream, wanted) : ReadLegacy(stream, wanted);
        }
        catch (Exception e) when (e is EndOfStreamException or OverflowException or InvalidCastException or ArgumentException or KeyNotFoundException)
        {
            throw new InvalidDataException("it is cut short or damaged", e);
        }
    }

    private static Dictionary<string, SafeTensor> ReadZip(Stream stream, Func<string, bool> wanted)
    {
        stream.Position = 0;
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        ZipArchiveEntry pickle = archive.Entries.FirstOrDefault(e => e.FullName.EndsWith("/data.pkl", StringComparison.Ordinal))
            ?? throw new InvalidDataException("the archive holds no data.pkl");
        string folder = pickle.FullName[..^"data.pkl".Length];
        if (archive.GetEntry(folder + "byteorder") is { Length: < 16 } order && new StreamReader(order.Open()).ReadToEnd().Trim() != "little")
            throw new InvalidDataException("its numbers are big-endian");

        var values = new Dictionary<string, float[]>();
        float[] Storage(TorchStorage storage)
        {
            if (values.TryGetValue(storage.Key, out float[]? known)) return known;
            ZipArchiveEntry entry = archive.GetEntry(folder + "data/" + storage.Key) ?? throw new InvalidDataException($"the archive lacks the storage '{storage.Key}'");
            if (entry.Length != checked(storage.Count * storage.ElementBytes)) throw new InvalidDataException($"the storage '{storage.Key}' has another length than it should");
            using Stream data = entry.Open();
            return values[storage.Key] = storage.ReadValues(data);
        }
        return Collect(new Unpickler(Bytes(pickle)).Load(), wanted, Storage);
    }

    private static Dictionary<string, SafeTensor> ReadLegacy(Stream stream, Func<string, bool> wanted)
    {
        stream.Position = LegacyMagic.Length;
        // The pickles have no length: read on until the last of them has ended, then find where.
        var head = new byte[(int)Math.Min(stream.Length - stream.Position, MostPickleBytes)];
        long begin = stream.Position;
        stream.ReadExactly(head);
        var unpickler = new Unpickler(head);
        _ = unpickler.Load(); // the protocol
        if (unpickler.Load() is Dictionary<object, object?> system && system.TryGetValue("little_endian", out object? little) && little is false)
            throw new InvalidDataException("its numbers are big-endian");
        object? root = unpickler.Load();
        var keys = (List<object?>)unpickler.Load()!;
        stream.Position = begin + unpickler.Position;

        Dictionary<string, TorchTensor> tensors = Tensors(root).Where(t => wanted(t.Key)).ToDictionary();
        ILookup<string, TorchStorage> needed = tensors.Values.ToLookup(t => t.Storage.Key, t => t.Storage);
        Dictionary<string, TorchStorage> all = Tensors(root).Values.Select(t => t.Storage).DistinctBy(s => s.Key).ToDictionary(s => s.Key);
        var values = new Dictionary<string, float[]>();
        Span<byte> length = stackalloc byte[sizeof(long)];
        foreach (string key in keys.Cast<string>())
        {
            TorchStorage storage = all[key];
            stream.ReadExactly(length);
            if (BinaryPrimitives.ReadInt64LittleEndian(length) != storage.Count) throw new InvalidDataException($"the storage '{key}' has another length than it should");
            long bytes = checked(storage.Count * storage.ElementBytes);
            if (bytes > stream.Length - stream.Position) throw new EndOfStreamException();
            if (needed.Contains(key)) values[key] = storage.ReadValues(stream);
            else stream.Position += bytes;
        }
        return Collect(root, wanted, storage => values[storage.Key]);
    }

    private static Dictionary<string, SafeTensor> Collect(object? root, Func<string, bool> wanted, Func<TorchStorage, float[]> storage) =>
        Tensors(root).Where(t => wanted(t.Key)).ToDictionary(t => t.Key, t => t.Value.Take(storage(t.Value.Storage)));

    /// <summary>The tensors of a dictionary, or of the dictionary <c>state_dict</c> in it.</summary>
    private static Dictionary<string, TorchTensor> Tensors(object? root)
    {
        if (root is Dictionary<object, object?> outer && outer.TryGetValue("state_dict", out object? inner)) root = inner;
        if (root is not Dictionary<object, object?> dictionary) throw new InvalidDataException("it holds no dictionary of tensors");
        return dictionary.Where(e => e is { Key: string, Value: TorchTensor }).ToDictionary(e => (string)e.Key, e => (TorchTensor)e.Value!);
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        if (entry.Length > MostPickleBytes) throw new InvalidDataException("its pickle is impossibly long");
        var bytes = new byte[entry.Length];
        using Stream stream = entry.Open();
        stream.ReadExactly(bytes);
        return bytes;
    }
}
