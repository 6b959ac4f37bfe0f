using System.Buffers.Binary;
using NetVips;
using PhotoStyle.Functions.Inspection;
using PhotoStyle.Imaging;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Functions.Tests.Inspection;

public sealed class UploadInspectorTests
{
    private static readonly UploadInspector s_inspector = new(PipelineStorage.InFolder(Path.GetTempPath()), ImageLimits.Default);

    [Theory]
    [InlineData(".jpg", PhotoFormat.Jpeg)]
    [InlineData(".png", PhotoFormat.Png)]
    [InlineData(".webp", PhotoFormat.WebP)]
    [InlineData(".tif", PhotoFormat.Tiff)]
    [InlineData(".avif", PhotoFormat.Avif)]
    public void The_header_of_a_photo_tells_its_format_and_size(string ending, PhotoFormat format) =>
        Assert.Equal(new PhotoHeader(format, 80, 60), Inspect(TestStorage.Photo(ending)));

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".png")]
    [InlineData(".webp")]
    [InlineData(".tif")]
    [InlineData(".avif")]
    public void The_limits_hold_for_every_format(string ending)
    {
        byte[] photo = TestStorage.Photo(ending);

        Assert.Equal(ErrorCode.ImageTooLarge, Fails(photo, ImageLimits.Default with { MaxPixels = 80 * 60 - 1 }));
        Assert.Equal(ErrorCode.ImageTooLarge, Fails(photo, ImageLimits.Default with { MaxSide = 79 }));
        Assert.Equal(ErrorCode.ImageTooLarge, Fails(photo, ImageLimits.Default with { MaxFileBytes = photo.Length - 1 }));
    }

    [Theory]
    [InlineData("GIF89a\u0001\u0000\u0001\u0000", ErrorCode.ImageNotRecognised)]
    [InlineData("%PDF-1.7", ErrorCode.ImageNotRecognised)]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>", ErrorCode.ImageNotRecognised)]
    [InlineData("BM000000000000000000000000", ErrorCode.ImageNotRecognised)]
    [InlineData("hello", ErrorCode.ImageNotRecognised)]
    [InlineData("", ErrorCode.ImageTruncated)]
    public void What_is_no_photo_is_refused(string content, ErrorCode code) => Assert.Equal(code, Fails(System.Text.Encoding.Latin1.GetBytes(content)));

    [Theory]
    [InlineData(".jpg", 10)]
    [InlineData(".png", 20)]
    [InlineData(".webp", 14)]
    [InlineData(".tif", 100)]
    [InlineData(".avif", 40)]
    public void A_photo_whose_header_ends_too_early_is_damaged(string ending, int bytes) => Assert.Equal(ErrorCode.ImageTruncated, Fails(TestStorage.Photo(ending)[..bytes]));

    [Theory]
    [InlineData(".webp")]
    [InlineData(".tif")]
    public void Several_frames_or_pages_are_refused(string ending)
    {
        // Frames that were alike would be written as one.
        using Image noise = Image.Gaussnoise(20, 60, sigma: 60, mean: 128, seed: 1);
        using Image strip = noise.Bandjoin(noise, noise).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        using Image frames = strip.Mutate(image => image.Set(GValue.GIntType, "page-height", 20));

        Assert.Equal(ErrorCode.ImageAnimated, Fails(ending == ".webp" ? frames.WebpsaveBuffer() : frames.TiffsaveBuffer()));
    }

    [Fact]
    public void A_header_that_claims_an_absurd_size_is_refused_before_any_pixel_is_decoded()
    {
        byte[] png = TestStorage.Photo(".png");
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 60_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 60_000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));

        Assert.Equal(ErrorCode.ImageTooLarge, Fails(png));
    }

    [Fact]
    public void Only_the_beginning_of_a_large_photo_is_fetched()
    {
        byte[] photo = [.. TestStorage.Photo(), .. new byte[20 << 20]];
        using var file = new CountingStream(photo);

        s_inspector.Inspect(file, "large.jpg");

        Assert.InRange(file.BytesRead, 1, 4 * HeaderStream.BlockBytes);
    }

    [Fact]
    public void The_directory_of_a_tiff_is_found_at_its_end()
    {
        using Image black = Image.Black(3000, 2000, bands: 3);
        using var file = new CountingStream(black.TiffsaveBuffer());

        Assert.Equal(new PhotoHeader(PhotoFormat.Tiff, 3000, 2000), s_inspector.Inspect(file, "large.tif"));
        Assert.InRange(file.BytesRead, 1, file.Length / 4);
    }

    [Fact]
    public void A_header_that_leads_through_the_whole_file_is_given_up()
    {
        // A JPEG of nothing but comments, each 64 KiB long.
        using var bytes = new MemoryStream();
        bytes.Write([0xFF, 0xD8]);
        for (int i = 0; i < 200; i++)
        {
            bytes.Write([0xFF, 0xFE, 0xFF, 0xFF]);
            bytes.Write(new byte[0xFFFD]);
        }

        using var file = new CountingStream(bytes.ToArray());

        Assert.Equal(ErrorCode.ImageTruncated, Assert.Throws<PhotoStyleException>(() => s_inspector.Inspect(file, "endless.jpg")).Code);
        Assert.InRange(file.BytesRead, 1, 5 << 20);
    }

    [Fact]
    public void Damaged_bytes_are_an_error_of_the_user_whatever_they_are()
    {
        var random = new Random(7);
        foreach (string ending in new[] { ".jpg", ".png", ".webp", ".tif", ".avif" })
        {
            byte[] photo = TestStorage.Photo(ending);
            for (int i = 0; i < 200; i++)
            {
                byte[] damaged = [.. photo];
                for (int k = 0; k < 4; k++) damaged[random.Next(Math.Min(damaged.Length, 400))] = (byte)random.Next(256);
                try
                {
                    Inspect(damaged);
                }
                catch (PhotoStyleException)
                {
                    // One that a user can mend: what is asked for.
                }
            }
        }
    }

    private static PhotoHeader Inspect(byte[] photo) => s_inspector.Inspect(new MemoryStream(photo), "photo");

    private static ErrorCode Fails(byte[] photo, ImageLimits? limits = null) =>
        Assert.Throws<PhotoStyleException>(() => new UploadInspector(PipelineStorage.InFolder(Path.GetTempPath()), limits ?? ImageLimits.Default).Inspect(new MemoryStream(photo), "photo")).Code;

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }
}
