using PhotoStyle.Imaging;
using PhotoStyle.Scoring;
using PhotoStyle.Segmentation;
using PhotoStyle.Segmentation.Labels;

namespace PhotoStyle.Engine.Tests.Segmentation;

public sealed class SegmenterTests
{
    [Theory]
    [InlineData("city-day", "lake-night")]
    [InlineData("lake-winter", "city-sunset")]
    public void Two_places_in_different_light_are_cut_into_the_same_parts(string content, string style)
    {
        AreaAnalysis from = Analyse(content, out byte[] contentTruth), to = Analyse(style, out byte[] styleTruth);

        SegmentedPair pair = Segmenter.Decide(from, to);

        MaskAgreement agreement = MaskAgreement.Of((contentTruth, pair.Content.Labels), (styleTruth, MaskAgreement.UsedOfStyle(pair)));
        Assert.InRange(agreement.Classes, 3, Segmenter.MostClasses);
        Assert.InRange(agreement.Joined, 0.8, 1);
        Assert.Empty(pair.Warnings);
    }

    [Theory]
    [InlineData("city-day", "lake-sunset")]
    [InlineData("lake-day", "city-night")]
    public void What_two_places_show_is_named(string content, string style)
    {
        ClassAnalysis from = Name(content, out byte[] contentTruth), to = Name(style, out byte[] styleTruth);

        SegmentedPair pair = Segmenter.Decide(from, to);

        MaskAgreement agreement = MaskAgreement.Of((contentTruth, pair.Content.Labels), (styleTruth, pair.Style.Labels));
        Assert.InRange(agreement.OneToOne, 0.75, 1);
        Assert.Contains("sky", pair.Names);
        Assert.All(from.Names, name => Assert.True(ConceptTable.Knows(name) || name == "other", name));
        foreach (int i in new[] { 0, from.Image.PixelCount / 2, from.Image.PixelCount - 1 })
            Assert.Equal(1, Enumerable.Range(0, from.Names.Count).Sum(k => from.Probabilities.Plane(k)[i]), 1e-4f);
        // The sky of the masks has the colour that the renderer gives it, too.
        Assert.Equal(0, pair.Content.Labels[0]);
    }

    [Fact]
    public void No_class_of_the_content_is_missing_in_the_style()
    {
        for (int seed = 0; seed < 5; seed++)
        {
            using Photo content = Photo.FromFloatImage(Blotches(seed)), style = Photo.FromFloatImage(Blotches(seed + 100));
            SegmentedPair pair = Segmenter.Decide(Segmenter.Analyse(content), Segmenter.Analyse(style));

            Assert.Subset(pair.Style.Present().ToHashSet(), pair.Content.Present().ToHashSet());
            Assert.InRange(pair.Content.Present().Count, 1, Segmenter.MostClasses);
            Assert.Equal(pair.Names.Count, pair.Style.Present().Count);
        }
    }

    [Fact]
    public void The_same_photos_give_the_same_labels_also_by_way_of_a_file()
    {
        using Scene content = Scene.Day, style = Scene.Night;
        AreaAnalysis first = Segmenter.Analyse(content.Photo), second = Segmenter.Analyse(style.Photo);
        var stream = new MemoryStream();
        Segmenter.Analyse(content.Photo).Save(stream);
        stream.Position = 0;

        Assert.Equal(Segmenter.Decide(first, second).Content.Labels, Segmenter.Decide(PhotoAnalysis.Load(stream), second).Content.Labels);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(300, 8)]
    [InlineData(3, 90)]
    public void Tiny_and_narrow_photos_do_no_harm(int width, int height)
    {
        using Photo tiny = Photo.FromFloatImage(RandomImage.Uniform(3, height, width, 1));
        using Scene style = Scene.Night;
        SegmentedPair pair = Segmenter.Decide(Segmenter.Analyse(tiny), Segmenter.Analyse(style.Photo));

        Assert.Equal((width, height), (pair.Content.Width, pair.Content.Height));
    }

    [Fact]
    public void A_photo_of_one_colour_is_one_class_for_both()
    {
        using Photo flat = Photo.FromFloatImage(new FloatImage(3, 60, 90));
        using Scene style = Scene.Night;
        SegmentedPair pair = Segmenter.Decide(Segmenter.Analyse(flat), Segmenter.Analyse(style.Photo));

        Assert.Subset(pair.Style.Present().ToHashSet(), pair.Content.Present().ToHashSet());
    }

    private static AreaAnalysis Analyse(string sample, out byte[] truth) => Analyse(sample, Segmenter.Analyse, out truth);

    private static ClassAnalysis Name(string sample, out byte[] truth) => Analyse(sample, Segmenter.Name, out truth);

    private static T Analyse<T>(string sample, Func<Photo, T> analyse, out byte[] truth)
        where T : PhotoAnalysis
    {
        using Photo photo = PhotoReader.Read(Samples.Path($"{sample}.png"));
        T analysis = analyse(photo);
        LabelMap mask = MaskReader.Read(Samples.Path($"{sample.Split('-')[0]}-mask.png"), photo.Width, photo.Height, notice: null);
        truth = mask.Resize(analysis.Image.Width, analysis.Image.Height).Labels;
        return analysis;
    }

    private static FloatImage Blotches(int seed)
    {
        var random = new Random(seed);
        float[] phases = [.. Enumerable.Range(0, 12).Select(_ => 6 * random.NextSingle())];
        var image = new FloatImage(3, 80, 120);
        for (int i = 0; i < image.PixelCount; i++)
        {
            for (int c = 0; c < 3; c++)
                image.Plane(c)[i] = 0.5f + 0.3f * MathF.Sin(i % 120 / 15f + phases[c]) * MathF.Cos(i / 120 / 11f + phases[c + 3]) + 0.02f * random.NextSingle();
        }

        return image;
    }

    /// <summary>A smooth light sky above a rough dark ground.</summary>
    private sealed record Scene(Photo Photo) : IDisposable
    {
        public static Scene Day => Create(160, 120, 0.6, [0.5f, 0.7f, 0.9f], [0.3f, 0.4f, 0.2f], 1);

        public static Scene Night => Create(150, 100, 0.4, [0.2f, 0.2f, 0.35f], [0.08f, 0.07f, 0.05f], 2);

        public void Dispose() => Photo.Dispose();

        private static Scene Create(int width, int height, double horizon, float[] sky, float[] ground, int seed)
        {
            var random = new Random(seed);
            bool Above(int i) => i / width < horizon * height + 8 * Math.Sin(i % width / 17.0);
            var image = new FloatImage(3, height, width);
            for (int i = 0; i < image.PixelCount; i++)
            {
                float rough = random.NextSingle() - 0.5f;
                for (int c = 0; c < 3; c++) image.Plane(c)[i] = Above(i) ? sky[c] * (1 + 0.02f * rough) : ground[c] * (1 + 0.8f * rough);
            }

            return new Scene(Photo.FromFloatImage(image));
        }
    }
}
