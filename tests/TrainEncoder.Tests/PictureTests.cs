using PhotoStyle.Imaging;
using PhotoStyle.TrainEncoder.Pictures;

namespace PhotoStyle.TrainEncoder.Tests;

public sealed class PictureTests
{
    private static readonly (IPictureSource, double)[] Sources = [(new DeadLeaves(), 0.4), (new Gradients(), 0.3), (new Textures(), 0.3)];

    [Fact]
    public void A_pair_depends_on_its_index_and_the_seed_alone()
    {
        var first = new PictureMixture(Sources, seed: 1, side: 32);
        var second = new PictureMixture(Sources, seed: 1, side: 32);
        second.Pair(3);
        second.Pair(-1);

        Assert.Equal(Bytes(first.Pair(7)), Bytes(second.Pair(7)));
        Assert.NotEqual(Bytes(first.Pair(7)), Bytes(first.Pair(8)));
        Assert.NotEqual(Bytes(first.Pair(7)), Bytes(new PictureMixture(Sources, seed: 2, side: 32).Pair(7)));
    }

    [Fact]
    public void Pictures_are_what_photos_can_be_and_graded_ones_a_little_beyond()
    {
        foreach ((IPictureSource source, _) in Sources)
        {
            for (int seed = 0; seed < 10; seed++)
            {
                FloatImage picture = source.Make(new Random(seed), 24);
                Assert.All(picture.Data, value => Assert.InRange(value, -0.02f, 1.02f));
                Assert.All(RandomGrade.Apply(picture, new Random(seed)).Data, value => Assert.InRange(value, -0.1f, 1.1f));
            }
        }
    }

    [Fact]
    public void Crops_are_parts_of_the_photos_mirrored_or_not()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string path = Path.Combine(folder, "photo.png");
            // As long as the smallest size that crops are taken at. Red is half the column, green half the row.
            using (NetVips.Image places = NetVips.Image.Xyz(320, 240) / 2)
            {
                using NetVips.Image colours = places[0].Bandjoin(places[1], places[0]).Cast(NetVips.Enums.BandFormat.Uchar).Copy(interpretation: NetVips.Enums.Interpretation.Srgb);
                colours.WriteToFile(path);
            }
            var crops = new PhotoCrops([path], side: 16);

            for (int seed = 0; seed < 10; seed++)
            {
                FloatImage crop = crops.Make(new Random(seed), 16);
                Assert.Equal(1 / 255f, Math.Abs(crop.Row(0, 5)[7] - crop.Row(0, 5)[5]), 1e-4f);
                Assert.Equal(1 / 255f, crop.Row(1, 7)[5] - crop.Row(1, 5)[5], 1e-4f);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static float[] Bytes(IReadOnlyList<FloatImage> pair) => [.. pair.SelectMany(picture => picture.Data)];
}
