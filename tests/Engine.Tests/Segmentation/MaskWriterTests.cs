using PhotoStyle.Engine.Tests.Imaging;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Engine.Tests.Segmentation;

public sealed class MaskWriterTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Both_kinds_of_masks_are_read_as_they_were_written()
    {
        for (int seed = 0; seed < 6; seed++)
        {
            // Bands of all nine labels, one to three of them with seed 0: a mask of one label alone is the hardest to tell.
            int count = 1 + seed * 8 / 5;
            var labels = new LabelMap(90, 40, [.. Enumerable.Range(0, 90 * 40).Select(i => (byte)((i % 90 * count / 90 + seed) % 9))]);
            MaskWriter.WriteIndex(labels, _files["index.png"]);
            MaskWriter.WriteColours(labels, _files["colours.png"]);

            Assert.Equal(labels.Labels, MaskReader.Read(_files["index.png"], 90, 40, notice: null).Labels);
            Assert.Equal(labels.Labels, MaskReader.Read(_files["colours.png"], 90, 40, notice: null).Labels);
        }
    }

    [Fact]
    public void The_overlay_shows_the_photo_and_the_colour_of_each_class()
    {
        var grey = new FloatImage(3, 20, 40);
        Array.Fill(grey.Data, 0.5f);
        using Photo photo = Photo.FromFloatImage(grey);
        var labels = new LabelMap(40, 20, [.. Enumerable.Range(0, 800).Select(i => (byte)(i % 40 < 20 ? 0 : 4))]);

        using Photo overlay = MaskWriter.Overlay(labels, photo, 40);

        Assert.Equal([70, 70, 185], overlay.Row8(10)[..3].ToArray());
        Assert.Equal([185, 70, 70], overlay.Row8(10)[^3..].ToArray());
        Assert.Equal([255, 255, 255], overlay.Row8(10).Slice(19 * 3, 3).ToArray());
    }

    [Fact]
    public void Labels_of_a_small_copy_follow_the_edges_of_the_full_photo()
    {
        // A slanted edge, labelled at a quarter of the size with the border a pixel of the small copy off.
        var full = new FloatImage(3, 240, 320);
        bool IsRight(double x, double y) => x + 0.3 * y > 200;
        for (int i = 0; i < full.PixelCount; i++)
        {
            for (int c = 0; c < 3; c++) full.Plane(c)[i] = IsRight(i % 320, i / 320) ? 0.8f : 0.2f;
        }

        using Photo photo = Photo.FromFloatImage(full);
        FloatImage small = photo.ToFloatImage(80);
        var labels = new LabelMap(80, 60, [.. Enumerable.Range(0, 80 * 60).Select(i => (byte)(IsRight(4 * (i % 80 + 1.5), 4 * (i / 80) + 1.5) ? 3 : 7))]);

        LabelMap result = FullSizeLabels.Of(labels, small, photo, TestContext.Current.CancellationToken);

        int Wrong(LabelMap map) => Enumerable.Range(0, full.PixelCount).Count(i => map.Labels[i] != (IsRight(i % 320, i / 320) ? 3 : 7));
        Assert.InRange(Wrong(result), 0, Wrong(labels.Resize(320, 240)) / 3);
    }
}
