using CsCheck;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation.Clustering;

namespace PhotoStyle.Engine.Tests.Segmentation.Clustering;

public sealed class SuperpixelsTests
{
    [Fact]
    public void Every_area_is_connected_and_has_its_number_in_order()
    {
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 50], Gen.Int[1, 60], Gen.Int[0, 1000]).Sample(
            (width, height, wanted, seed) =>
            {
                Superpixels areas = Superpixels.Of(ColourSpace.ToLab(RandomImage.Uniform(3, height, width, seed)), wanted);

                (int[] parts, int count) = ConnectedAreas.Of(areas.Indices, width, height, smallest: 0);
                Assert.Equal(areas.Count, count);
                Assert.Equal(areas.Indices, parts);
            },
            iter: 60);
    }

    [Fact]
    public void Borders_follow_the_edges_of_the_photo()
    {
        // A dark disk on light ground: no area may hold much of both.
        var image = new FloatImage(3, 120, 160);
        bool IsDisk(int i) => Math.Pow(i % 160 - 83, 2) + Math.Pow(i / 160 - 57, 2) < 40 * 40;
        for (int i = 0; i < image.PixelCount; i++)
        {
            for (int c = 0; c < 3; c++) image.Plane(c)[i] = IsDisk(i) ? 0.2f : 0.7f;
        }

        Superpixels areas = Superpixels.Of(ColourSpace.ToLab(image), 150);

        var (inside, all) = (new int[areas.Count], new int[areas.Count]);
        for (int i = 0; i < image.PixelCount; i++)
        {
            all[areas.Indices[i]]++;
            if (IsDisk(i)) inside[areas.Indices[i]]++;
        }

        Assert.InRange(areas.Count, 75, 300);
        Assert.InRange(inside.Zip(all, (part, whole) => Math.Min(part, whole - part)).Sum(), 0, image.PixelCount / 200);
    }
}
