using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Imaging;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_failure_leaves_the_old_file_and_nothing_else()
    {
        var path = _files.WithBytes("a.bin", [1, 2, 3]);
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write([9, 9]);
            throw new InvalidOperationException();
        }));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_files.Folder));
    }

    [Fact]
    public void Until_the_content_is_whole_the_old_file_is_seen()
    {
        var path = _files.WithBytes("a.bin", [1]);
        AtomicFile.Write(path, stream =>
        {
            stream.Write([2, 2]);
            stream.Flush();
            Assert.Equal([1], File.ReadAllBytes(path));
        });

        Assert.Equal([2, 2], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_files.Folder));
    }

    [Fact]
    public void A_disk_that_refuses_is_an_error_for_the_user()
    {
        var error = Assert.Throws<PhotoStyleException>(() => AtomicFile.Write(_files["a.bin"], _ => throw new IOException("No space left on device")));

        Assert.Equal(ErrorCode.OutputNotWritable, error.Code);
        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_files.Folder));
    }

    [Fact]
    public void A_missing_folder_and_a_folder_as_file_are_errors()
    {
        Assert.Equal(ErrorCode.OutputNotWritable, Assert.Throws<PhotoStyleException>(() => AtomicFile.Write(_files["none/a.bin"], _ => { })).Code);
        Assert.Equal(ErrorCode.OutputNotWritable, Assert.Throws<PhotoStyleException>(() => AtomicFile.Write(_files.Folder, _ => { })).Code);
    }
}
