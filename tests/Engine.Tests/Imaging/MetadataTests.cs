using System.Text;
using NetVips;
using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Imaging;

public sealed class MetadataTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public void Dispose() => _files.Dispose();

    // Where the corners of the upright picture lie in the stored one: top left, top right, bottom left, bottom right.
    [Theory]
    [InlineData(1, "0123")]
    [InlineData(2, "1032")]
    [InlineData(3, "3210")]
    [InlineData(4, "2301")]
    [InlineData(5, "0213")]
    [InlineData(6, "2031")]
    [InlineData(7, "3120")]
    [InlineData(8, "1302")]
    public void The_orientation_is_applied_and_not_applied_again_on_the_result(int orientation, string corners)
    {
        ushort[] levels = [20, 90, 160, 230];
        using var stored = Quadrants(levels);
        var jpeg = JpegSegments.Insert(stored.JpegsaveBuffer(q: 95, keep: Enums.ForeignKeep.None), 0xE1, JpegSegments.Exif(orientation, stored.JpegsaveBuffer()));
        using var photo = PhotoReader.Read(jpeg, "turned");
        PhotoWriter.Write(photo, _files["a.jpg"]);
        using var again = PhotoReader.Read(_files["a.jpg"]);

        Assert.Equal(orientation >= 5 ? (32, 48) : (48, 32), (photo.Width, photo.Height));
        foreach (var upright in new[] { photo, again })
        {
            Assert.Equal((photo.Width, photo.Height), (upright.Width, upright.Height));
            var found = new[] { (4, 4), (upright.Width - 5, 4), (4, upright.Height - 5), (upright.Width - 5, upright.Height - 5) }
                .Select(at => (int)upright.Row8(at.Item2)[at.Item1 * 3]);
            Assert.All(found.Zip(corners), pair => Assert.InRange(pair.First, levels[pair.Second - '0'] - 8, levels[pair.Second - '0'] + 8));
        }
    }

    [Theory]
    [InlineData("a.jpg")]
    [InlineData("a.png")]
    [InlineData("a.webp")]
    [InlineData("a.avif")]
    public void Exif_and_xmp_are_kept_and_made_true(string name)
    {
        using var written = Rewritten(name);

        Assert.Contains(JpegSegments.MakerUtf8, Encoding.UTF8.GetString((byte[])written.Get("exif-data")), StringComparison.Ordinal);
        Assert.StartsWith("1 ", (string)written.Get("exif-ifd2-ColorSpace"), StringComparison.Ordinal);
        Assert.Contains("tiff:Orientation=\"1\" dc:title=\"Bridge\"", Encoding.UTF8.GetString((byte[])written.Get("xmp-data")), StringComparison.Ordinal);
        Assert.DoesNotContain("jpeg-thumbnail-data", written.GetFields());
        Assert.DoesNotContain(written.GetFields(), field => field.StartsWith("exif-ifd1-", StringComparison.Ordinal));
        Assert.True(!written.Contains("orientation") || (int)written.Get("orientation") == 1);
    }

    [Theory]
    [InlineData("a.jpg")]
    [InlineData("a.tif")]
    public void Iptc_is_kept(string name)
    {
        using var written = Rewritten(name);

        Assert.Contains("Old bridge", Encoding.ASCII.GetString((byte[])written.Get("iptc-data")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_resolution_is_kept()
    {
        using var plain = Pictures.Smooth(48, 32, 3);
        using var dense = plain.Copy(xres: 300 / 25.4, yres: 300 / 25.4);
        using var photo = PhotoReader.Read(dense.PngsaveBuffer(), "dense");
        PhotoWriter.Write(photo, _files["a.jpg"]);
        using var written = Load("a.jpg");

        Assert.Equal(300 / 25.4, written.Xres, 0.01);
    }

    private Image Rewritten(string name)
    {
        using var picture = Pictures.Smooth(48, 32, 3);
        var jpeg = picture.JpegsaveBuffer(keep: Enums.ForeignKeep.None);
        var xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:Description tiff:Orientation=\"6\" dc:title=\"Bridge\"/></x:xmpmeta>";
        jpeg = JpegSegments.Insert(jpeg, 0xED, JpegSegments.Iptc("Old bridge"));
        jpeg = JpegSegments.Insert(jpeg, 0xE1, JpegSegments.Xmp(xmp));
        jpeg = JpegSegments.Insert(jpeg, 0xE1, JpegSegments.Exif(6, picture.JpegsaveBuffer()));
        using var photo = PhotoReader.Read(jpeg, "tagged");
        using var result = photo.CreateBlank();
        PhotoWriter.Write(result, _files[name]);
        return Load(name);
    }

    private Image Load(string name) => Image.NewFromFile(_files[name]);

    private static Image Quadrants(ushort[] levels)
    {
        var values = Enumerable.Range(0, 48 * 32).SelectMany(i => Enumerable.Repeat(levels[i / 48 / 16 * 2 + i % 48 / 24], 3));
        return Pictures.Of([.. values], 48, 32, 3);
    }
}
