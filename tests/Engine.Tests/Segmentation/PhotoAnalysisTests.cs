using PhotoStyle.Segmentation;

namespace PhotoStyle.Engine.Tests.Segmentation;

public sealed class PhotoAnalysisTests
{
    private static readonly AreaAnalysis Areas = new(RandomImage.Uniform(3, 2, 3, 1), [0, 0, 1, 2, 2, 1], [[1, 2], [3, 4], [5, 6.5f]]);
    private static readonly ClassAnalysis Classes = new(RandomImage.Uniform(3, 2, 3, 1), RandomImage.Uniform(2, 1, 2, 2), ["sky", "earth; ground"]);

    [Fact]
    public void Areas_are_read_as_they_were_written()
    {
        AreaAnalysis read = Assert.IsType<AreaAnalysis>(PhotoAnalysis.Load(Saved(Areas)));

        Assert.Equal(Areas.Image.Data, read.Image.Data);
        Assert.Equal(Areas.Areas, read.Areas);
        Assert.Equal(Areas.Features, read.Features);
    }

    [Fact]
    public void Classes_are_read_as_they_were_written()
    {
        ClassAnalysis read = Assert.IsType<ClassAnalysis>(PhotoAnalysis.Load(Saved(Classes)));

        Assert.Equal(Classes.Image.Data, read.Image.Data);
        Assert.Equal(Classes.Probabilities.Data, read.Probabilities.Data);
        Assert.Equal(Classes.Names, read.Names);
    }

    [Fact]
    public void The_same_analysis_gives_the_same_bytes() => Assert.Equal(Saved(Classes).ToArray(), Saved(Classes).ToArray());

    [Fact]
    public void A_file_that_is_cut_short_is_refused_wherever_it_ends()
    {
        foreach (PhotoAnalysis analysis in new PhotoAnalysis[] { Areas, Classes })
        {
            byte[] whole = Saved(analysis).ToArray();
            for (int length = 0; length < whole.Length; length++)
                Assert.Throws<InvalidDataException>(() => PhotoAnalysis.Load(new MemoryStream(whole, 0, length)));
        }
    }

    [Fact]
    public void Parts_that_do_not_belong_together_are_refused()
    {
        // An area without features, features that are none, and a name too few.
        Assert.Throws<InvalidDataException>(() => PhotoAnalysis.Load(Saved(Areas with { Areas = [0, 0, 1, 2, 2, 3] })));
        Assert.Throws<InvalidDataException>(() => PhotoAnalysis.Load(Saved(Areas with { Features = [[1, 2], [3, 4], [5, float.NaN]] })));
        Assert.Throws<InvalidDataException>(() => PhotoAnalysis.Load(Saved(Classes with { Names = ["sky"] })));
    }

    private static MemoryStream Saved(PhotoAnalysis analysis)
    {
        var stream = new MemoryStream();
        analysis.Save(stream);
        stream.Position = 0;
        return stream;
    }
}
