using PhotoStyle.Engine.Tests.Imaging;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Engine.Tests.Segmentation;

public sealed class MaskReaderTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(8, 1)]
    [InlineData(8, 2)]
    [InlineData(8, 3)]
    [InlineData(16, 1)]
    public void Grey_values_up_to_8_are_labels(int bitDepth, int bands)
    {
        var labels = Enumerable.Range(0, 400).Select(i => (byte)(i % 20 / 3 + i / 200)).ToArray();
        var samples = labels.SelectMany(v => bands == 2 ? new ushort[] { v, 255 } : [.. Enumerable.Repeat((ushort)v, bands)]).ToArray();
        using var picture = Pictures.Of(samples, 20, 20, bands, bitDepth);
        Assert.Equal(labels, MaskReader.Read(picture.PngsaveBuffer(), "mask", 20, 20, null).Labels);
    }

    [Fact]
    public void Grey_values_of_black_grey_and_white_are_colours()
    {
        var samples = Enumerable.Range(0, 900).Select(i => (ushort)(i % 30 < 10 ? 0 : i % 30 < 20 ? 128 : 255)).ToArray();
        using var picture = Pictures.Of(samples, 30, 30, 1);
        Assert.Equal([2, 3, 6], MaskReader.Read(picture.PngsaveBuffer(), "mask", 30, 30, null).Present());
    }

    [Fact]
    public void Black_in_three_channels_is_a_colour_and_zero_in_one_is_a_label()
    {
        using var colour = Pictures.Of(new ushort[300], 10, 10, 3);
        using var grey = Pictures.Of(new ushort[100], 10, 10, 1);
        Assert.Equal([2], MaskReader.Read(colour.PngsaveBuffer(), "mask", 10, 10, null).Present());
        Assert.Equal([0], MaskReader.Read(grey.PngsaveBuffer(), "mask", 10, 10, null).Present());
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(4, 9)]
    [InlineData(8, 9)]
    public void The_indices_of_a_palette_with_other_colours_are_labels(int bits, int count)
    {
        var labels = Labels(count);
        byte[] palette = [.. Enumerable.Range(0, count).SelectMany(i => new byte[] { (byte)(40 * i % 256), 100, (byte)(200 - 10 * i) })];
        Assert.Equal(labels, MaskReader.Read(PngBytes.Indexed(labels, 24, 24, bits, palette), "mask", 24, 24, null).Labels);
    }

    [Fact]
    public void Equal_colours_of_a_palette_do_not_hide_the_indices()
    {
        var labels = Labels(4);
        byte[] palette = [60, 60, 20, 60, 60, 20, 60, 60, 20, 60, 60, 20];
        Assert.Equal(labels, MaskReader.Read(PngBytes.Indexed(labels, 24, 24, 8, palette), "mask", 24, 24, null).Labels);
    }

    [Fact]
    public void A_palette_of_the_nine_colours_means_the_colours_in_whatever_order()
    {
        var labels = Labels(3);
        byte[] palette = [255, 0, 0, 0, 0, 255, 255, 255, 255];
        byte[] classes = [4, 0, 3];
        Assert.Equal(labels.Select(v => classes[v]), MaskReader.Read(PngBytes.Indexed(labels, 24, 24, 8, palette), "mask", 24, 24, null).Labels);
    }

    [Fact]
    public void Grey_of_few_bits_holds_labels_unless_it_is_black_and_white()
    {
        var labels = Labels(9);
        Assert.Equal(labels, MaskReader.Read(PngBytes.Indexed(labels, 24, 24, 4, null), "mask", 24, 24, null).Labels);
        Assert.Equal([2, 3], MaskReader.Read(PngBytes.Indexed(Labels(2), 24, 24, 1, null), "mask", 24, 24, null).Present());
    }

    [Fact]
    public void More_than_nine_labels_are_an_error()
    {
        byte[] palette = [.. Enumerable.Range(0, 12).SelectMany(i => new byte[] { (byte)(20 * i), 100, 60 })];
        AssertFails(ErrorCode.MaskColoursUnknown, "at most 9", () => MaskReader.Read(PngBytes.Indexed(Labels(12), 24, 24, 8, palette), "mask", 24, 24, null));
        AssertFails(ErrorCode.MaskColoursUnknown, "at most 9", () => MaskReader.Read(PngBytes.Indexed(Labels(12), 24, 24, 8, null), "mask", 24, 24, null));
    }

    [Theory]
    [InlineData(99, 74, true)]
    [InlineData(102, 73, true)]
    [InlineData(50, 38, false)]
    [InlineData(400, 300, true)]
    [InlineData(103, 75, false)]
    [InlineData(75, 100, false)]
    public void A_mask_that_is_nearly_right_in_size_or_shape_is_resized_with_a_notice(int width, int height, bool fits)
    {
        var notices = new List<string>();
        using var picture = Pictures.Of([.. Enumerable.Range(0, width * height).Select(i => (ushort)(i % width * 2 / width))], width, height, 1);
        var mask = _files.WithBytes("mask.png", picture.PngsaveBuffer());
        if (fits)
        {
            var map = MaskReader.Read(mask, 100, 75, notices.Add);
            Assert.Equal((100, 75), (map.Width, map.Height));
            Assert.All(map.Labels.Select((label, i) => (label, i % 100)).Where(at => at.Item2 != 50), at => Assert.Equal(at.Item2 / 50, at.label));
            Assert.Contains($"{width}×{height}", Assert.Single(notices), StringComparison.Ordinal);
            Assert.Contains("100×75", notices[0], StringComparison.Ordinal);
        }
        else
        {
            var error = AssertFails(ErrorCode.MaskSizeMismatch, $"{width}×{height}", () => MaskReader.Read(mask, 100, 75, notices.Add));
            Assert.Contains("100×75", error.Message, StringComparison.Ordinal);
            Assert.Empty(notices);
        }
    }

    [Fact]
    public void A_mask_of_the_right_size_brings_no_notice()
    {
        using var picture = Pictures.Of(new ushort[100], 10, 10, 1);
        MaskReader.Read(picture.PngsaveBuffer(), "mask", 10, 10, _ => Assert.Fail("A notice."));
    }

    [Fact]
    public void A_missing_mask_a_text_and_a_huge_one_are_errors()
    {
        using var picture = Pictures.Of(new ushort[100], 10, 10, 1);
        AssertFails(ErrorCode.FileMissing, "", () => MaskReader.Read(_files["none.png"], 10, 10, null));
        AssertFails(ErrorCode.ImageNotRecognised, "", () => MaskReader.Read(_files.WithBytes("mask.png", "text"u8.ToArray()), 10, 10, null));
        AssertFails(ErrorCode.ImageTooLarge, "", () => MaskReader.Read(picture.PngsaveBuffer(), "mask", 10, 10, null, new ImageLimits { MaxPixels = 99 }));
    }

    private static byte[] Labels(int count) => [.. Enumerable.Range(0, 24 * 24).Select(i => (byte)((i / 24 / 6 * 4 + i % 24 / 6) % count))];

    private static PhotoStyleException AssertFails(ErrorCode code, string words, Action read)
    {
        var error = Assert.Throws<PhotoStyleException>(read);
        Assert.Equal(code, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        return error;
    }
}
