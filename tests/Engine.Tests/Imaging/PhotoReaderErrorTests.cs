using NetVips;
using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Imaging;

public sealed class PhotoReaderErrorTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public static TheoryData<string> Formats => ["jpg", "progressive jpg", "png", "interlaced png", "png16", "webp", "tif", "avif"];

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_that_ends_too_early_is_an_error_wherever_it_ends(string format)
    {
        var whole = Encoded(format);
        using (var photo = PhotoReader.Read(whole, "whole"))
            Assert.Equal(200, photo.Width);
        foreach (var share in new[] { 0.02, 0.3, 0.6, 0.9, 0.99 })
            AssertFails(ErrorCode.ImageTruncated, () => PhotoReader.Read(whole[..(int)(whole.Length * share)], "cut"));
        AssertFails(ErrorCode.ImageTruncated, () => PhotoReader.Read(_files.WithBytes("cut", whole[..(whole.Length / 2)])));
    }

    [Fact]
    public void An_empty_file_is_an_error() =>
        AssertFails(ErrorCode.ImageTruncated, () => PhotoReader.Read(_files.WithBytes("empty.jpg", [])));

    [Theory]
    [InlineData("This is a text, not a photo.")]
    [InlineData("x")]
    [InlineData("GIF89a....")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><rect width='9' height='9'/></svg>")]
    [InlineData("%PDF-1.4 ...")]
    [InlineData("BM0000000000000000000000000000")]
    [InlineData("0000ftypisom0000mp41")]
    public void What_is_no_photo_is_an_error_whatever_its_name(string content) =>
        AssertFails(ErrorCode.ImageNotRecognised, () => PhotoReader.Read(_files.WithBytes("photo.jpg", System.Text.Encoding.ASCII.GetBytes(content))));

    [Fact]
    public void A_gif_is_called_by_its_name()
    {
        var error = AssertFails(ErrorCode.ImageNotRecognised, () => PhotoReader.Read("GIF89a"u8.ToArray(), "dance.gif"));
        Assert.Contains("GIF", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_errors()
    {
        AssertFails(ErrorCode.FileMissing, () => PhotoReader.Read(_files["missing.jpg"]));
        AssertFails(ErrorCode.FileMissing, () => PhotoReader.Read(_files["missing folder/photo.jpg"]));
        AssertFails(ErrorCode.FileMissing, () => PhotoReader.Read(_files.Folder));
    }

    [Fact]
    public void A_file_that_can_not_be_opened_is_an_error()
    {
        var path = _files.WithBytes("locked.jpg", Encoded("jpg"));
        using var locked = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        AssertFails(ErrorCode.FileMissing, () => PhotoReader.Read(path));
    }

    [Theory]
    [InlineData("webp")]
    [InlineData("tif")]
    public void Several_frames_or_pages_are_an_error(string format)
    {
        using var frames = Pictures.Smooth(20, 60, 3).Mutate(image => image.Set(GValue.GIntType, "page-height", 20));
        var bytes = format == "webp" ? frames.WebpsaveBuffer() : frames.TiffsaveBuffer();
        AssertFails(ErrorCode.ImageAnimated, () => PhotoReader.Read(bytes, "frames"));
    }

    [Fact]
    public void An_animated_png_is_an_error()
    {
        var png = Encoded("png");
        byte[] animation = [0, 0, 0, 2, 0, 0, 0, 0];
        AssertFails(ErrorCode.ImageAnimated, () => PhotoReader.Read([.. png[..33], .. PngBytes.Chunk("acTL", animation), .. png[33..]], "animated"));
    }

    [Theory]
    [InlineData(100_000, 100_000, ErrorCode.ImageTooLarge)]
    [InlineData(4_000_000_000, 4_000_000_000, ErrorCode.ImageTooLarge)]
    [InlineData(60_000, 60_000, ErrorCode.ImageTooLarge)]
    [InlineData(60_000, 2, ErrorCode.ImageTooLarge)]
    [InlineData(0, 0, ErrorCode.ImageTruncated)]
    public void A_header_that_claims_an_absurd_size_is_an_error_before_any_pixel_is_decoded(long width, long height, ErrorCode code)
    {
        byte[] bomb =
        [
            .. PngFile.Signature,
            .. PngBytes.Header((uint)width, (uint)height, 8, 2),
            .. PngBytes.Chunk("IDAT", [0x78, 0x9C, 3, 0, 0, 0, 0, 1]),
            .. PngBytes.Chunk("IEND", []),
        ];
        AssertFails(code, () => PhotoReader.Read(bomb, "bomb.png"));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_limits_hold_for_every_format(string format)
    {
        var bytes = Encoded(format);
        AssertFails(ErrorCode.ImageTooLarge, () => PhotoReader.Read(bytes, "big", new ImageLimits { MaxPixels = 200 * 150 - 1 }));
        AssertFails(ErrorCode.ImageTooLarge, () => PhotoReader.Read(bytes, "big", new ImageLimits { MaxSide = 199 }));
        AssertFails(ErrorCode.ImageTooLarge, () => PhotoReader.Read(bytes, "big", new ImageLimits { MaxAspectRatio = 1.3 }));
        AssertFails(ErrorCode.ImageTooLarge, () => PhotoReader.Read(bytes, "big", new ImageLimits { MaxFileBytes = bytes.Length - 1 }));
        using var stream = new MemoryStream(bytes);
        AssertFails(ErrorCode.ImageTooLarge, () => PhotoReader.Read(stream, "big", new ImageLimits { MaxFileBytes = bytes.Length - 1 }));
        using var photo = PhotoReader.Read(bytes, "fits", new ImageLimits { MaxPixels = 200 * 150, MaxSide = 200, MaxFileBytes = bytes.Length });
    }

    [Fact]
    public void A_picture_of_floats_is_an_error_that_names_what_is_accepted()
    {
        using var floats = Pictures.Smooth(20, 20, 3).Cast(Enums.BandFormat.Float);
        var error = AssertFails(ErrorCode.ImageNotRecognised, () => PhotoReader.Read(floats.TiffsaveBuffer(), "floats.tif"));
        Assert.Contains("8 or 16 bit", error.Message, StringComparison.Ordinal);
    }

    private static PhotoStyleException AssertFails(ErrorCode code, Action read)
    {
        var error = Assert.Throws<PhotoStyleException>(read);
        Assert.True(code == error.Code, $"{error.CodeName}: {error.Message}");
        Assert.Matches(@"^[^\n]+: [^\n]+\.$", error.Message);
        return error;
    }

    private static byte[] Encoded(string format)
    {
        using var picture = Pictures.Smooth(200, 150, 3, format == "png16" ? 16 : 8);
        return format switch
        {
            "jpg" => picture.JpegsaveBuffer(),
            "progressive jpg" => picture.JpegsaveBuffer(interlace: true),
            "png" or "png16" => picture.PngsaveBuffer(),
            "interlaced png" => picture.PngsaveBuffer(interlace: true),
            "webp" => picture.WebpsaveBuffer(),
            "tif" => picture.TiffsaveBuffer(compression: Enums.ForeignTiffCompression.Deflate),
            _ => picture.HeifsaveBuffer(compression: Enums.ForeignHeifCompression.Av1, effort: 0),
        };
    }
}
