using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Imaging;

public sealed class PhotoWriterTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("a.heic")]
    [InlineData("a.gif")]
    [InlineData("a.bmp")]
    [InlineData("a")]
    public void A_format_that_can_not_be_written_is_an_error_at_the_door(string name)
    {
        using var photo = PhotoReader.Read(Pictures.Smooth(8, 8, 3).PngsaveBuffer(), "photo");
        var error = Assert.Throws<PhotoStyleException>(() => PhotoWriter.Write(photo, _files[name]));

        Assert.Equal(ErrorCode.OptionInvalid, error.Code);
        Assert.Equal(error.Message, Assert.Throws<PhotoStyleException>(() => PhotoWriter.FormatOf(name)).Message);
        Assert.Empty(Directory.GetFiles(_files.Folder));
    }

    [Fact]
    public void Options_out_of_range_are_errors()
    {
        using var photo = PhotoReader.Read(Pictures.Smooth(8, 8, 3).PngsaveBuffer(), "photo");
        foreach (var options in new PhotoWriteOptions[] { new() { Quality = 0 }, new() { Quality = 101 }, new() { PngCompression = 10 } })
            Assert.Equal(ErrorCode.OptionInvalid, Assert.Throws<PhotoStyleException>(() => PhotoWriter.Write(photo, _files["a.jpg"], options)).Code);
        Assert.Empty(Directory.GetFiles(_files.Folder));
    }

    [Fact]
    public void A_side_that_webp_can_not_hold_is_an_error()
    {
        using var photo = PhotoReader.Read(Pictures.Smooth(16_384, 400, 3).PngsaveBuffer(), "wide");
        var error = Assert.Throws<PhotoStyleException>(() => PhotoWriter.Write(photo, _files["a.webp"]));

        Assert.Equal(ErrorCode.OptionInvalid, error.Code);
        Assert.Contains("16383", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PhotoFormat.Jpeg)]
    [InlineData(PhotoFormat.Png)]
    [InlineData(PhotoFormat.Tiff)]
    [InlineData(PhotoFormat.Avif)]
    public void The_exception_of_a_stream_that_fails_comes_out(PhotoFormat format)
    {
        using var photo = PhotoReader.Read(Pictures.Smooth(300, 300, 3).PngsaveBuffer(), "photo");
        using var full = new FullDisk();

        Assert.Equal("disk full", Assert.Throws<IOException>(() => PhotoWriter.Write(photo, full, format)).Message);
    }

    [Theory]
    [InlineData("a.jpg")]
    [InlineData("a.png")]
    [InlineData("a.webp")]
    [InlineData("a.tif")]
    [InlineData("a.avif")]
    public void Every_file_carries_an_srgb_profile(string name)
    {
        using var photo = PhotoReader.Read(Pictures.Smooth(64, 64, 3).PngsaveBuffer(), "photo");
        PhotoWriter.Write(photo, _files[name]);
        using var written = NetVips.Image.NewFromFile(_files[name]);

        Assert.True(SrgbConversion.IsSrgb((byte[])written.Get("icc-profile-data"), 3));
    }

    [Fact]
    public void The_same_photo_gives_the_same_bytes()
    {
        using var photo = PhotoReader.Read(Pictures.Smooth(300, 200, 3).PngsaveBuffer(), "photo");
        foreach (var extension in new[] { ".jpg", ".png", ".webp", ".tif" })
        {
            PhotoWriter.Write(photo, _files["a" + extension]);
            PhotoWriter.Write(photo, _files["b" + extension]);
            Assert.Equal(File.ReadAllBytes(_files["a" + extension]), File.ReadAllBytes(_files["b" + extension]));
        }
    }

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("disk full");
    }
}
