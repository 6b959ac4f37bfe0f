using PhotoStyle.Functions.Inspection;

namespace PhotoStyle.Functions.Tests.Inspection;

public sealed class HeifHeaderTests
{
    [Fact]
    public void Of_several_sizes_the_largest_is_that_of_the_picture() =>
        Assert.Equal((4032, 3024), HeifHeader.ReadSize([.. Extent(512, 512), .. Extent(4032, 3024), .. Extent(320, 240)]));

    [Fact]
    public void Bytes_without_a_size_have_none() => Assert.Null(HeifHeader.ReadSize("....ftypheic"u8));

    [Fact]
    public void A_size_that_is_cut_off_is_none() => Assert.Null(HeifHeader.ReadSize(Extent(10, 10).AsSpan()[..^1]));

    private static byte[] Extent(int width, int height) =>
        [0, 0, 0, 20, .. "ispe"u8, 0, 0, 0, 0, 0, 0, (byte)(width >> 8), (byte)width, 0, 0, (byte)(height >> 8), (byte)height];
}
