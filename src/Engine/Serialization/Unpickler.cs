using System.Buffers.Binary;
using System.Text;

namespace PhotoStyle.Serialization;

/// <summary>
/// Reads Python pickles of dictionaries of tensors, and nothing else. A pickle is a program for a small stack machine that may name any function of any module and
/// call it; this machine knows the names of a handful of constructors of PyTorch and what they make, and refuses all others. It imports and calls nothing.
/// </summary>
/// <remarks>The instructions are described in Python's <c>pickletools</c>.</remarks>
/// <param name="bytes">One or several pickles behind each other.</param>
internal sealed class Unpickler(byte[] bytes)
{
    private static readonly object Mark = new();

    private static readonly HashSet<string> Known =
    [
        "collections OrderedDict", "torch._utils _rebuild_tensor", "torch._utils _rebuild_tensor_v2", "torch._utils _rebuild_parameter",
        "torch FloatStorage", "torch DoubleStorage", "torch HalfStorage", "torch BFloat16Storage", "torch LongStorage", "torch IntStorage", "torch ShortStorage",
        "torch CharStorage", "torch ByteStorage", "torch BoolStorage",
    ];

    private readonly List<object?> _stack = [];
    private readonly Dictionary<int, object?> _memo = [];

    /// <summary>Where the next pickle begins.</summary>
    public int Position { get; private set; }

    /// <summary>Reads the next pickle.</summary>
    /// <returns>A dictionary, list, array (for a tuple), string, number, boolean, null or <see cref="TorchTensor"/>.</returns>
    /// <exception cref="InvalidDataException">It holds something else, or is damaged; the message says what.</exception>
    public object? Load()
    {
        _stack.Clear();
        _memo.Clear();
        while (true)
        {
            byte instruction = Byte();
            if (instruction == (byte)'.') return Pop();
            Execute(instruction);
        }
    }

    private void Execute(byte instruction)
    {
        switch (instruction)
        {
            case 0x80: Byte(); break; // PROTO
            case 0x95: Bytes(8); break; // FRAME
            case (byte)'(': Push(Mark); break;
            case (byte)'0': Pop(); break;
            case (byte)'N': Push(null); break;
            case 0x88: Push(true); break;
            case 0x89: Push(false); break;
            case (byte)'K': Push((long)Byte()); break;
            case (byte)'M': Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2))); break;
            case (byte)'J': Push((long)Int32()); break;
            case 0x8a: Push(Long(Byte())); break;
            case (byte)'G': Push(BinaryPrimitives.ReadDoubleBigEndian(Bytes(8))); break;
            case (byte)'X': Push(Encoding.UTF8.GetString(Bytes(Int32()))); break;
            case 0x8c: Push(Encoding.UTF8.GetString(Bytes(Byte()))); break;
            case (byte)'U': Push(Encoding.Latin1.GetString(Bytes(Byte()))); break;
            case (byte)'T': Push(Encoding.Latin1.GetString(Bytes(Int32()))); break;
            case (byte)'}': Push(new Dictionary<object, object?>()); break;
            case (byte)']': Push(new List<object?>()); break;
            case (byte)')': Push(Array.Empty<object?>()); break;
            case 0x85: Push(PopMany(1)); break;
            case 0x86: Push(PopMany(2)); break;
            case 0x87: Push(PopMany(3)); break;
            case (byte)'t': Push(PopToMark()); break;
            case (byte)'s': Set(PopMany(2)); break;
            case (byte)'u': Set(PopToMark()); break;
            case (byte)'a': Append(PopMany(1)); break;
            case (byte)'e': Append(PopToMark()); break;
            case (byte)'q': _memo[Byte()] = Top(); break;
            case (byte)'r': _memo[Int32()] = Top(); break;
            case 0x94: _memo[_memo.Count] = Top(); break; // MEMOIZE
            case (byte)'h': Push(_memo[Byte()]); break;
            case (byte)'j': Push(_memo[Int32()]); break;
            case (byte)'c': Push(Name(Line(), Line())); break;
            case 0x93: // STACK_GLOBAL
                object?[] name = PopMany(2);
                Push(Name((string)name[0]!, (string)name[1]!));
                break;
            case (byte)'Q': Push(Storage((object?[])Pop()!)); break;
            case (byte)'R': Reduce(); break;
            // The state of a dictionary of PyTorch is its version: nothing to keep.
            case (byte)'b': Pop(); break;
            default: throw new InvalidDataException($"its pickle has the instruction 0x{instruction:x2}, which plain tensors do not need");
        }
    }

    private static PickleName Name(string module, string name) => Known.Contains($"{module} {name}")
        ? new PickleName(module, name)
        : throw new InvalidDataException($"its pickle names {module}.{name}, which is no part of plain tensors and is not run");

    /// <summary>What PyTorch writes in the place of a storage: ('storage', its type, its key, a device, its length, …).</summary>
    private static TorchStorage Storage(object?[] id) => id is ["storage", PickleName { Module: "torch" } type, string key, _, long count, ..]
        ? new TorchStorage(key, type.Name, count)
        : throw new InvalidDataException("its pickle refers to something that is no storage");

    private void Reduce()
    {
        object?[] pair = PopMany(2);
        Push((pair[0] as PickleName)?.Name switch
        {
            "OrderedDict" => Dictionary((object?[])pair[1]!),
            "_rebuild_tensor" or "_rebuild_tensor_v2" when pair[1] is object?[] and [TorchStorage storage, long offset, object?[] shape, object?[] strides, ..] =>
                new TorchTensor(storage, offset, [.. shape.Cast<long>()], [.. strides.Cast<long>()]),
            "_rebuild_parameter" when pair[1] is object?[] and [TorchTensor tensor, ..] => tensor,
            _ => throw new InvalidDataException("its pickle makes something that is no tensor"),
        });
    }

    /// <summary>Python 3 makes an empty dictionary and sets its items later; Python 2 gives them as a list of pairs.</summary>
    private static Dictionary<object, object?> Dictionary(object?[] arguments)
    {
        var dictionary = new Dictionary<object, object?>();
        foreach (object? pair in arguments is [List<object?> pairs] ? pairs : [])
        {
            IList<object?> items = (IList<object?>)pair!;
            dictionary[items[0]!] = items[1];
        }
        return dictionary;
    }

    private void Set(object?[] items)
    {
        var dictionary = (Dictionary<object, object?>)Top()!;
        for (int i = 0; i + 1 < items.Length; i += 2) dictionary[items[i]!] = items[i + 1];
    }

    private void Append(object?[] items) => ((List<object?>)Top()!).AddRange(items);

    private void Push(object? value) => _stack.Add(value);

    private object? Top() => _stack.Count > 0 ? _stack[^1] : throw new EndOfStreamException();

    private object? Pop() => PopMany(1)[0];

    private object?[] PopMany(int count)
    {
        if (_stack.Count < count) throw new EndOfStreamException();
        object?[] values = [.. _stack[^count..]];
        _stack.RemoveRange(_stack.Count - count, count);
        return values;
    }

    private object?[] PopToMark()
    {
        object?[] values = PopMany(_stack.Count - 1 - _stack.LastIndexOf(Mark));
        Pop();
        return values;
    }

    private byte Byte() => Bytes(1)[0];

    private int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4));

    /// <summary>An integer in two's complement. Longer ones than 64 bits measure nothing that a file could hold.</summary>
    private long Long(int length)
    {
        ReadOnlySpan<byte> digits = Bytes(length);
        if (length > sizeof(long)) throw new InvalidDataException("its pickle has an impossibly large number");
        long value = length > 0 && digits[^1] >= 0x80 ? -1 : 0;
        for (int i = length - 1; i >= 0; i--) value = (value << 8) | digits[i];
        return value;
    }

    private string Line()
    {
        int end = Array.IndexOf(bytes, (byte)'\n', Position);
        if (end < 0) throw new EndOfStreamException();
        string line = Encoding.ASCII.GetString(Bytes(end - Position));
        Position++;
        return line;
    }

    private ReadOnlySpan<byte> Bytes(int count)
    {
        if (count < 0 || count > bytes.Length - Position) throw new EndOfStreamException();
        Position += count;
        return bytes.AsSpan(Position - count, count);
    }
}
