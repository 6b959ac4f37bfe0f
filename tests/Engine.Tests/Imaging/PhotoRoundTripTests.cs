using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Imaging;

public sealed class PhotoRoundTripTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("a.png", 3, 8)]
    [InlineData("a.png", 4, 8)]
    [InlineData("a.png", 3, 16)]
    [InlineData("a.png", 4, 16)]
    [InlineData("a.tif", 3, 8)]
    [InlineData("a.tiff", 4, 8)]
    [InlineData("a.tif", 3, 16)]
    [InlineData("a.TIF", 4, 16)]
    public void Lossless_formats_keep_every_sample_its_depth_and_alpha(string name, int bands, int bitDepth)
    {
        using var original = Pictures.Smooth(61, 43, bands, bitDepth);
        using var photo = PhotoReader.Read(original.PngsaveBuffer(), "original");
        PhotoWriter.Write(photo, _files[name]);
        using var again = PhotoReader.Read(_files[name]);

        Assert.Equal((61, 43, bands, bitDepth, bands == 4), (again.Width, again.Height, again.Channels, again.BitDepth, again.HasAlpha));
        Assert.Equal(Pictures.Samples(original), Pictures.Samples(again));
    }

    [Theory]
    [InlineData(".png", 1, 8)]
    [InlineData(".png", 2, 16)]
    [InlineData(".png", 4, 8)]
    [InlineData(".tif", 3, 16)]
    [InlineData(".jpg", 1, 8)]
    [InlineData(".jpg", 3, 8)]
    [InlineData(".webp", 4, 8)]
    [InlineData(".avif", 3, 8)]
    public void The_header_says_how_many_bytes_the_pixels_will_take(string ending, int bands, int bitDepth)
    {
        using var original = Pictures.Smooth(61, 43, bands, bitDepth);
        byte[] file = original.WriteToBuffer(ending);
        using var photo = PhotoReader.Read(file, "photo");
        using var stream = new MemoryStream(file);

        Assert.Equal((long)photo.Width * photo.Height * photo.Channels * photo.BitDepth / 8, PhotoReader.PixelBytes(stream, "photo"));
        Assert.True(stream.CanRead);
    }

    [Theory]
    [InlineData("a.jpg", 3, 8, 3, 8, 6)]
    [InlineData("a.jpeg", 3, 16, 3, 8, 6)]
    [InlineData("a.webp", 3, 8, 3, 8, 24)]
    [InlineData("a.webp", 4, 16, 4, 8, 24)]
    [InlineData("a.avif", 3, 8, 3, 8, 6)]
    [InlineData("a.avif", 4, 16, 4, 16, 6)]
    public void Lossy_formats_keep_the_picture_nearly(string name, int bands, int bitDepth, int bandsAfter, int bitDepthAfter, int tolerance)
    {
        using var original = Pictures.Smooth(61, 43, bands, bitDepth);
        using var photo = PhotoReader.Read(original.PngsaveBuffer(), "original");
        PhotoWriter.Write(photo, _files[name]);
        using var again = PhotoReader.Read(_files[name]);

        Assert.Equal((bandsAfter, bitDepthAfter), (again.Channels, again.BitDepth));
        var before = photo.ToFloatImage(61).Data;
        var after = again.ToFloatImage(61).Data;
        Assert.True(before.Zip(after, (x, y) => Math.Abs(x - y)).Max() <= tolerance / 255.0);
    }

    [Fact]
    public void A_photo_without_room_for_alpha_is_put_on_white()
    {
        using var original = Pictures.Of([.. Enumerable.Repeat<ushort[]>([200, 100, 0, 0], 256).SelectMany(v => v)], 16, 16, 4);
        using var photo = PhotoReader.Read(original.PngsaveBuffer(), "original");
        PhotoWriter.Write(photo, _files["a.jpg"]);
        using var again = PhotoReader.Read(_files["a.jpg"]);

        Assert.All(Pictures.Samples(again), v => Assert.Equal(255, v));
    }

    [Fact]
    public void Sixteen_bit_is_rounded_to_eight_not_cut()
    {
        var values = Enumerable.Range(0, 768).Select(i => (ushort)(i * 85)).ToArray();
        using var original = Pictures.Of(values, 16, 16, 3, 16);
        using var photo = PhotoReader.Read(original.PngsaveBuffer(), "original");
        PhotoWriter.Write(photo, _files["a.jpg"], new PhotoWriteOptions { Quality = 100 });
        using var again = PhotoReader.Read(_files["a.jpg"]);

        var error = Pictures.Samples(again).Zip(values, (eight, sixteen) => eight - sixteen / 257.0).Average();
        Assert.InRange(error, -0.1, 0.1);
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(2, 8)]
    [InlineData(1, 16)]
    [InlineData(2, 16)]
    public void Grey_becomes_three_equal_channels(int bands, int bitDepth)
    {
        using var original = Pictures.Smooth(20, 10, bands, bitDepth);
        using var photo = PhotoReader.Read(original.PngsaveBuffer(), "original");

        Assert.True(photo.WasGreyscale);
        Assert.Equal((bands + 2, bitDepth), (photo.Channels, photo.BitDepth));
        var before = Pictures.Samples(original).Chunk(bands);
        var after = Pictures.Samples(photo).Chunk(bands + 2);
        Assert.All(before.Zip(after), pair =>
        {
            Assert.Equal([pair.First[0], pair.First[0], pair.First[0]], pair.Second[..3]);
            Assert.Equal(pair.First[1..], pair.Second[3..]);
        });
    }

    [Fact]
    public void The_source_may_be_a_file_a_stream_or_bytes()
    {
        using var original = Pictures.Smooth(20, 10, 3);
        var bytes = original.PngsaveBuffer();
        using var stream = new MemoryStream(bytes);
        using var fromFile = PhotoReader.Read(_files.WithBytes("odd [name] ü.dat", bytes));
        using var fromStream = PhotoReader.Read(stream, "a stream");
        using var fromBytes = PhotoReader.Read(bytes, "bytes");

        Assert.Equal(Pictures.Samples(original), Pictures.Samples(fromFile));
        Assert.Equal(Pictures.Samples(original), Pictures.Samples(fromStream));
        Assert.Equal(Pictures.Samples(original), Pictures.Samples(fromBytes));
    }
}
