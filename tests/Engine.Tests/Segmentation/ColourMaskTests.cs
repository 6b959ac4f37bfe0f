using CsCheck;
using NetVips;
using PhotoStyle.Engine.Tests.Imaging;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Engine.Tests.Segmentation;

public sealed class ColourMaskTests
{
    private const int Size = 96;

    public static TheoryData<int, int> Pairs => [.. from a in Enumerable.Range(0, 9) from b in Enumerable.Range(0, 9) where a != b select (a, b)];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_soft_disc_has_its_two_classes_and_no_third(int disc, int ground)
    {
        foreach (var softness in new[] { 1.0, 2.0, 4.0, 10.0 })
        {
            double Inside(double x, double y) => Math.Clamp((30 - Math.Sqrt(Math.Pow(x - 47.3, 2) + Math.Pow(y - 49.1, 2))) / softness + 0.5, 0, 1);
            using var picture = Paint((x, y) => Mix(ground, disc, Inside(x, y)));
            var map = MaskReader.Read(picture.PngsaveBuffer(), "mask", Size, Size, null);

            Assert.Equal(new[] { disc, ground }.Order().Select(v => (byte)v), map.Present());
            AssertNear(map, (x, y) => Inside(x, y) > 0.5 ? disc : ground, wrongAtMost: (int)(40 * softness));
        }
    }

    [Theory]
    [InlineData(75, false)]
    [InlineData(75, true)]
    [InlineData(50, true)]
    public void A_mask_saved_as_jpeg_keeps_its_classes(int quality, bool subsample)
    {
        foreach (var (first, second, third) in new[] { (0, 4, 1), (2, 3, 0), (8, 1, 5), (6, 3, 7) })
        {
            int Class(double x, double y) => x + y / 3 < 50 ? first : y < 40 ? second : third;
            using var picture = Paint((x, y) => Mix(Class(x, y), 0, 0));
            var jpeg = picture.JpegsaveBuffer(q: quality, subsampleMode: subsample ? Enums.ForeignSubsample.On : Enums.ForeignSubsample.Off);
            var map = MaskReader.Read(jpeg, "mask.jpg", Size, Size, null);

            Assert.Equal(new[] { first, second, third }.Order().Select(v => (byte)v), map.Present());
            AssertNear(map, Class, wrongAtMost: 150);
        }
    }

    [Fact]
    public void Thin_masts_stay_in_every_class_and_before_every_sky() =>
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 8], Gen.Int[1, 2]).Where((mast, sky, _) => mast != sky).Sample(
            (mast, sky, width) =>
            {
                int Class(double x, double y) => x >= 40 && x < 40 + width && y > 20 ? mast : sky;
                using var picture = Paint((x, y) => Mix(Class(x, y), 0, 0));
                AssertNear(MaskReader.Read(picture.PngsaveBuffer(), "mask", Size, Size, null), Class, wrongAtMost: 0);
            },
            iter: 40);

    [Fact]
    public void A_hard_mask_is_read_pixel_by_pixel() =>
        Gen.Int[0, 8].Array[36].Sample(
            classes =>
            {
                int Class(double x, double y) => classes[(int)y / 16 * 6 + (int)x / 16];
                using var picture = Paint((x, y) => Mix(Class(x, y), 0, 0));
                AssertNear(MaskReader.Read(picture.PngsaveBuffer(), "mask", Size, Size, null), Class, wrongAtMost: 0);
            },
            iter: 30);

    [Fact]
    public void A_photo_is_no_mask()
    {
        using var photo = Pictures.Smooth(Size, Size, 3);
        AssertFails(photo.PngsaveBuffer());
    }

    [Fact]
    public void Photos_are_no_masks()
    {
        foreach (var path in Directory.GetFiles(Path.Combine(DataFolder(), "photos")))
            AssertFails(File.ReadAllBytes(path));
    }

    [Fact]
    public void A_class_in_a_colour_of_its_own_is_not_swallowed()
    {
        using var picture = Paint((x, y) => x < 20 && y < 20 ? [255, 128, 0] : [0, 0, 255]);
        AssertFails(picture.PngsaveBuffer());
    }

    [Fact]
    public void The_anti_aliased_masks_of_the_paper_have_few_classes_of_sensible_area()
    {
        foreach (var path in Directory.GetFiles(Path.Combine(DataFolder(), "pairs"), "*-mask.png", SearchOption.AllDirectories))
        {
            using var header = Image.NewFromFile(path);
            var map = MaskReader.Read(path, header.Width, header.Height, null);
            var areas = map.Labels.CountBy(label => label).ToDictionary();
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{Path.GetFileName(Path.GetDirectoryName(path))} {Path.GetFileNameWithoutExtension(path)}: "
                + string.Join(", ", areas.OrderBy(a => a.Key).Select(a => $"{MaskPalette.Colours[a.Key].Name} {a.Value / (double)map.Labels.Length:P2}")));
            Assert.InRange(areas.Count, 1, 5);
            Assert.All(areas.Values, area => Assert.True(area > 0.005 * map.Labels.Length));
        }
    }

    private static string DataFolder() => Path.GetDirectoryName(ReferenceData.Require("README.md"))!;

    private static void AssertFails(byte[] mask)
    {
        using var header = Image.NewFromBuffer(mask);
        var error = Assert.Throws<PhotoStyleException>(() => MaskReader.Read(mask, "mask", header.Width, header.Height, null));
        Assert.Equal(ErrorCode.MaskColoursUnknown, error.Code);
        Assert.All(MaskPalette.Colours, colour => Assert.Contains(colour.Name, error.Message, StringComparison.Ordinal));
    }

    private static void AssertNear(LabelMap map, Func<double, double, int> truth, int wrongAtMost)
    {
        var wrong = Enumerable.Range(0, Size * Size).Count(i => map.Labels[i] != truth(i % Size + 0.5, i / Size + 0.5));
        Assert.True(wrong <= wrongAtMost, $"{wrong} pixels are wrong");
    }

    private static double[] Mix(int first, int second, double share)
    {
        var (a, b) = (MaskPalette.Colours[first], MaskPalette.Colours[second]);
        return [a.Red + share * (b.Red - a.Red), a.Green + share * (b.Green - a.Green), a.Blue + share * (b.Blue - a.Blue)];
    }

    /// <summary>Each pixel is the mean of 4 points in it.</summary>
    private static Image Paint(Func<double, double, double[]> colour)
    {
        var samples = new ushort[Size * Size * 3];
        for (var i = 0; i < Size * Size; i++)
        {
            var points = from j in Enumerable.Range(0, 4) select colour(i % Size + (j % 2 + 0.5) / 2, i / Size + (j / 2 + 0.5) / 2);
            var all = points.ToArray();
            for (var c = 0; c < 3; c++)
                samples[i * 3 + c] = (ushort)Math.Round(all.Average(p => p[c]));
        }

        return Pictures.Of(samples, Size, Size, 3);
    }
}
