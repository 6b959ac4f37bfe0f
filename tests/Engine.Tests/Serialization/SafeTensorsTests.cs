using System.Buffers.Binary;
using System.Text;
using CsCheck;
using PhotoStyle.Serialization;

namespace PhotoStyle.Engine.Tests.Serialization;

public sealed class SafeTensorsTests
{
    private static SafeTensors Sample => new()
    {
        Metadata = { ["b"] = "grün", ["a"] = "\"quoted\"" },
        Tensors =
        {
            ["w"] = new([2, 1, 3], [1, -2, 3.5f, float.NaN, float.Epsilon, float.NegativeInfinity]),
            ["scalar"] = new([], [7]),
            ["empty"] = new([0, 4], []),
        },
    };

    [Fact]
    public void What_is_written_is_read_again()
    {
        SafeTensors read = SafeTensors.Read(new MemoryStream(Bytes(Sample)));

        AssertSame(Sample, read);
    }

    [Fact]
    public void A_stream_that_can_not_seek_and_gives_little_at_a_time_is_read_too() =>
        AssertSame(Sample, SafeTensors.Read(new NotSeekable(Bytes(Sample))));

    [Fact]
    public void The_same_content_gives_the_same_bytes_whatever_the_order_it_was_added_in()
    {
        var reversed = new SafeTensors();
        foreach ((string key, string value) in Sample.Metadata.Reverse()) reversed.Metadata[key] = value;
        foreach ((string name, SafeTensor tensor) in Sample.Tensors.Reverse()) reversed.Tensors[name] = tensor;

        Assert.Equal(Bytes(Sample), Bytes(reversed));
    }

    [Fact]
    public void The_values_begin_at_a_multiple_of_eight_bytes()
    {
        for (int length = 0; length < 9; length++)
        {
            byte[] bytes = Bytes(new SafeTensors { Tensors = { [new string('n', length + 1)] = new([1], [1]) } });
            Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(bytes) % 8);
        }
    }

    [Fact]
    public void A_file_made_by_hand_is_read()
    {
        byte[] bytes = ByHand("""{"second":{"dtype":"F32","shape":[2],"data_offsets":[4,12]},"first":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}  """, [1.5f, -2, 4]);

        SafeTensors file = SafeTensors.Read(new MemoryStream(bytes));

        Assert.Empty(file.Metadata);
        Assert.Equal([1, 1], file.Tensors["first"].Shape);
        Assert.Equal([1.5f], file.Tensors["first"].Values);
        Assert.Equal([-2f, 4f], file.Tensors["second"].Values);
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        byte[] bytes = Bytes(Sample);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => SafeTensors.Read(new MemoryStream(bytes[..length])));
            Assert.Throws<InvalidDataException>(() => SafeTensors.Read(new NotSeekable(bytes[..length])));
        }
    }

    [Fact]
    public void Damaged_bytes_are_read_or_refused_but_nothing_else_happens()
    {
        byte[] whole = Bytes(Sample);
        int header = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(whole);
        Gen.Select(Gen.Int[0, header - 1], Gen.Byte).Array[1, 4].Sample(changes =>
        {
            byte[] bytes = [.. whole];
            foreach ((int at, byte value) in changes) bytes[at] = value;
            AssertReadOrRefused(bytes);
        }, iter: 20_000);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("3")]
    [InlineData("""{"w":null}""")]
    [InlineData("""{"w":[]}""")]
    [InlineData("""{"w":{}}""")]
    [InlineData("""{"__metadata__":3}""")]
    [InlineData("""{"__metadata__":{"a":3}}""")]
    [InlineData("""{"w":{"dtype":3,"shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":4}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[]}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,-4]}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":[9223372036854775807,2],"data_offsets":[0,4]}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,4]}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"v":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""")]
    public void A_header_that_makes_no_sense_is_refused(string header) =>
        Assert.Throws<InvalidDataException>(() => SafeTensors.Read(new MemoryStream(ByHand(header, [1, 2]))));

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public void A_header_length_that_can_not_be_is_refused(long length)
    {
        byte[] bytes = Bytes(Sample);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);

        Assert.Throws<InvalidDataException>(() => SafeTensors.Read(new MemoryStream(bytes)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_header_that_claims_much_more_than_there_is_takes_no_memory(bool canSeek)
    {
        byte[] longHeader = Bytes(Sample), manyValues = ByHand("""{"w":{"dtype":"F32","shape":[500000000],"data_offsets":[0,2000000000]}}""", [1]);
        byte[] tooManyValues = ByHand("""{"w":{"dtype":"F32","shape":[4000000000],"data_offsets":[0,16000000000]}}""", [1]);
        BinaryPrimitives.WriteInt64LittleEndian(longHeader, 90_000_000);

        foreach (byte[] bytes in new[] { longHeader, manyValues, tooManyValues })
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<InvalidDataException>(() => SafeTensors.Read(canSeek ? new MemoryStream(bytes) : new NotSeekable(bytes)));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        }
    }

    [Fact]
    public void A_type_that_is_not_read_is_named_with_its_tensor()
    {
        byte[] bytes = ByHand("""{"whole":{"dtype":"I32","shape":[1],"data_offsets":[0,4]}}""", [1]);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => SafeTensors.Read(new MemoryStream(bytes)));

        Assert.Contains("whole", error.Message, StringComparison.Ordinal);
        Assert.Contains("I32", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Halves_are_the_nearest_and_take_half_the_space()
    {
        var file = new SafeTensors { Tensors = { ["a"] = new([2, 2], [0.1f, -2, 65504, 3e-7f]), ["b"] = new([1], [7]) } };
        using MemoryStream half = new(), whole = new();
        file.Write(half, half: true);
        file.Write(whole);
        half.Position = 0;

        SafeTensors read = SafeTensors.Read(half);

        Assert.Equal(file.Tensors["a"].Values.Select(v => (float)(Half)v), read.Tensors["a"].Values);
        Assert.Equal([7], read.Tensors["b"].Values);
        Assert.InRange(whole.Length - half.Length, 2 * 5, 2 * 5 + 8);
    }

    private static void AssertReadOrRefused(byte[] bytes)
    {
        try
        {
            SafeTensors file = SafeTensors.Read(new MemoryStream(bytes));
            Assert.All(file.Tensors.Values, tensor =>
            {
                Assert.All(tensor.Shape, side => Assert.True(side >= 0));
                Assert.Equal(tensor.Shape.Aggregate(1L, (product, side) => product * side), tensor.Values.LongLength);
            });
        }
        catch (InvalidDataException)
        {
            // Said so: that is all that is asked.
        }
    }

    private static void AssertSame(SafeTensors expected, SafeTensors actual)
    {
        Assert.Equal(expected.Metadata, actual.Metadata);
        Assert.Equal(expected.Tensors.Keys.Order(), actual.Tensors.Keys.Order());
        foreach ((string name, SafeTensor tensor) in expected.Tensors)
        {
            Assert.Equal(tensor.Shape, actual.Tensors[name].Shape);
            Assert.Equal(tensor.Values.Select(BitConverter.SingleToInt32Bits), actual.Tensors[name].Values.Select(BitConverter.SingleToInt32Bits));
        }
    }

    private static byte[] Bytes(SafeTensors file)
    {
        var stream = new MemoryStream();
        file.Write(stream);
        return stream.ToArray();
    }

    private static byte[] ByHand(string header, float[] values)
    {
        byte[] json = Encoding.UTF8.GetBytes(header), length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, .. values.SelectMany(BitConverter.GetBytes)];
    }
}
