using System.IO.Compression;
using PhotoStyle.Serialization;

namespace PhotoStyle.Engine.Tests.Serialization;

public sealed class TorchFileTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tensors_are_read_as_PyTorch_wrote_them(bool legacy)
    {
        using MemoryStream file = PickledWeights.File(legacy, ("a.weight", [2, 3], [1, 2, 3, 4, 5, 6]), ("b", [2], [-0.5f, 7]));

        Dictionary<string, SafeTensor> tensors = TorchFile.Read(file, _ => true);

        Assert.Equal(["a.weight", "b"], tensors.Keys.Order());
        Assert.Equal([2, 3], tensors["a.weight"].Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], tensors["a.weight"].Values);
        Assert.Equal([-0.5f, 7], tensors["b"].Values);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Only_what_is_wanted_is_read(bool legacy)
    {
        using MemoryStream file = PickledWeights.File(legacy, ("a", [1], [1]), ("b", [1], [2]), ("c", [1], [3]));

        Assert.Equal(["b"], TorchFile.Read(file, name => name == "b").Keys);
    }

    [Fact]
    public void A_tensor_may_be_a_view_of_its_storage()
    {
        // The transposed lower right of a 3×3 matrix.
        var tensor = new TorchTensor(new TorchStorage("0", "FloatStorage", 9), Offset: 4, [2, 2], [1, 3]);

        Assert.Equal([4, 7, 5, 8], tensor.Take([0, 1, 2, 3, 4, 5, 6, 7, 8]).Values);
    }

    [Theory]
    [InlineData(5, new long[] { 2, 2 }, new long[] { 1, 3 })]
    [InlineData(-1, new long[] { 1 }, new long[] { 1 })]
    [InlineData(0, new long[] { 1_000_000_000 }, new long[] { 0 })]
    [InlineData(0, new long[] { long.MaxValue, 4 }, new long[] { 1, 1 })]
    [InlineData(0, new long[] { 2 }, new long[] { long.MaxValue })]
    [InlineData(0, new long[] { 2, 2 }, new long[] { 1 })]
    public void A_tensor_outside_of_its_storage_is_refused(long offset, long[] shape, long[] strides)
    {
        var tensor = new TorchTensor(new TorchStorage("0", "FloatStorage", 9), offset, shape, strides);

        Exception error = Assert.ThrowsAny<Exception>(() => tensor.Take(new float[9]));
        Assert.True(error is InvalidDataException or OverflowException, error.ToString());
    }

    [Theory]
    [InlineData("HalfStorage", new byte[] { 0x00, 0xbc, 0x00, 0x40 }, new[] { -1f, 2f })]
    [InlineData("BFloat16Storage", new byte[] { 0x80, 0xbf, 0x00, 0x40 }, new[] { -1f, 2f })]
    [InlineData("DoubleStorage", new byte[] { 0, 0, 0, 0, 0, 0, 0xf0, 0xbf }, new[] { -1f })]
    public void Numbers_of_every_floating_type_are_understood(string type, byte[] bytes, float[] expected) =>
        Assert.Equal(expected, new TorchStorage("0", type, expected.Length).ReadValues(new MemoryStream(bytes)));

    [Theory]
    [InlineData("cposix\nsystem\n(U\u0004touch\ntR.", "posix.system")]
    [InlineData("c__builtin__\neval\n.", "__builtin__.eval")]
    [InlineData("ctorch\nload\n.", "torch.load")]
    public void A_pickle_that_names_anything_else_is_refused_and_not_run(string program, string name)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream pickle = archive.CreateEntry("archive/data.pkl").Open();
            pickle.Write([0x80, 2, .. program.Select(c => (byte)c)]);
        }
        file.Position = 0;

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => TorchFile.Read(file, _ => true));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Wherever_a_file_is_cut_or_a_byte_is_changed_it_is_read_or_refused_but_never_a_crash(bool legacy)
    {
        byte[] whole = PickledWeights.File(legacy, ("a.weight", [2, 3], [1, 2, 3, 4, 5, 6]), ("b", [2], [-0.5f, 7])).ToArray();
        var random = new Random(5);
        for (int i = 0; i < 2000; i++)
        {
            byte[] damaged = [.. whole];
            if (i % 2 == 0) damaged = damaged[..random.Next(damaged.Length)];
            else damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                _ = TorchFile.Read(new MemoryStream(damaged), _ => true);
            }
            catch (InvalidDataException)
            {
            }
        }
    }
}
