using System.Globalization;
using System.Text;
using PhotoStyle.Engine.Tests.Imaging;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;
using PhotoStyle.Segmentation.Networks;

namespace PhotoStyle.Engine.Tests.Segmentation.Networks;

public sealed class SegmentationNetworkTests : IDisposable
{
    private const int Side = 32;

    private static readonly float[][] RedGreenBlue = [[20, 0, 0], [0, 20, 0], [0, 0, 20]];

    private readonly TemporaryFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("letterbox", TensorLayout.Nchw, 64, 48)]
    [InlineData("letterbox", TensorLayout.Nhwc, 20, 90)]
    [InlineData("stretch", TensorLayout.Nchw, 90, 30)]
    [InlineData("tile", TensorLayout.Nhwc, 100, 40)]
    [InlineData("tile", TensorLayout.Nchw, 33, 140)]
    public void Each_place_gets_the_class_of_its_colour_however_the_photo_is_fitted(string fit, TensorLayout layout, int width, int height)
    {
        using SegmentationNetwork network = Open(OnnxBytes.PixelClassifier(Side, Side, RedGreenBlue, layout), Description($$"""
            "fit": "{{fit}}", "layout": "{{layout.ToString().ToLowerInvariant()}}"
            """));
        using Photo photo = Stripes(width, height);

        ClassAnalysis analysis = Segmenter.Analyse(photo, network);

        AssertAreStripes(analysis);
        double shape = (double)analysis.Probabilities.Width / analysis.Probabilities.Height;
        if (fit != "stretch") Assert.InRange(shape * height / width, 0.85, 1.15);
        for (int i = 0; i < analysis.Probabilities.PixelCount; i++)
            Assert.Equal(1, Enumerable.Range(0, 3).Sum(k => analysis.Probabilities.Plane(k)[i]), 4);
    }

    [Fact]
    public void Colours_are_normalised_and_swapped_as_the_description_says()
    {
        // Scores are the inputs themselves: B G R, each (v − mean) / deviation.
        using SegmentationNetwork network = Open(OnnxBytes.PixelClassifier(Side, Side, [[1, 0, 0], [0, 1, 0], [0, 0, 1]]), Description("""
            "bgr": true, "mean": [0.1, 0.2, 0.3], "deviation": [0.5, 0.25, 0.2]
            """));
        using Photo photo = Photo.FromFloatImage(Flat(40, 40, [0.8f, 0.4f, 0.6f]), bitDepth: 16);

        ClassAnalysis analysis = Segmenter.Analyse(photo, network);

        double[] scores = [(0.6 - 0.3) / 0.2, (0.4 - 0.2) / 0.25, (0.8 - 0.1) / 0.5];
        double sum = scores.Sum(Math.Exp);
        for (int k = 0; k < 3; k++) Assert.Equal(Math.Exp(scores[k]) / sum, analysis.Probabilities.Plane(k)[0], 3);
    }

    [Fact]
    public void Outputs_that_are_probabilities_stay_as_they_are()
    {
        using SegmentationNetwork network = Open(OnnxBytes.PixelClassifier(Side, Side, [[1, 0, 0], [0, 1, 0], [0, 0, 1]]), Description("\"probabilities\": true"));
        using Photo photo = Photo.FromFloatImage(Flat(40, 40, [0.2f, 0.3f, 0.5f]), bitDepth: 16);

        ClassAnalysis analysis = Segmenter.Analyse(photo, network);

        Assert.Equal(0.2, analysis.Probabilities.Plane(0)[0], 3);
        Assert.Equal(0.5, analysis.Probabilities.Plane(2)[0], 3);
    }

    [Fact]
    public void A_model_with_another_input_is_refused_in_a_sentence() =>
        AssertRefused(OnnxBytes.PixelClassifier(Side + 8, Side, RedGreenBlue), Description(), "its input is 1×3×32×40 and its description says 1×3×32×32");

    [Fact]
    public void A_model_with_another_number_of_classes_is_refused_in_a_sentence() =>
        AssertRefused(OnnxBytes.PixelClassifier(Side, Side, [.. RedGreenBlue, [1, 1, 1]]), Description(), "it tells 4 classes apart and its description names 3");

    [Fact]
    public void A_corrupt_model_is_refused_in_a_sentence_wherever_it_is_damaged()
    {
        byte[] model = OnnxBytes.PixelClassifier(Side, Side, RedGreenBlue);
        AssertRefused([], Description(), "");
        AssertRefused(Encoding.UTF8.GetBytes("version https://git-lfs.github.com/spec/v1"), Description(), "");
        foreach (int length in new[] { 1, model.Length / 3, model.Length / 2, model.Length - 20 }) AssertRefused(model[..length], Description(), "");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"width\": 32}")]
    [InlineData("{\"width\": 32, \"height\": 32, \"labels\": [\"sky\"]}")]
    [InlineData("{\"width\": 32, \"height\": 32, \"labels\": [\"sky\", \"\"]}")]
    [InlineData("{\"width\": 0, \"height\": 32, \"labels\": [\"sky\", \"sea\"]}")]
    [InlineData("{\"width\": 32, \"height\": 32, \"labels\": [\"sky\", \"sea\"], \"deviation\": [1, 0, 1]}")]
    [InlineData("{\"width\": 32, \"height\": 32, \"labels\": [\"sky\", \"sea\"], \"fit\": \"squeeze\"}")]
    [InlineData("{\"width\": 32, \"height\": 32, \"labels\": [\"sky\", \"sea\"], \"size\": 3}")]
    public void A_description_that_says_too_little_or_nonsense_is_refused_in_a_sentence(string json) =>
        AssertRefused(OnnxBytes.PixelClassifier(Side, Side, RedGreenBlue), json, "does not describe a segmentation model");

    [Fact]
    public void A_missing_model_or_description_and_an_unknown_name_are_told_apart()
    {
        Assert.Equal(ErrorCode.FileMissing, Assert.Throws<PhotoStyleException>(() => SegmentationNetwork.Open(_files["none.onnx"])).Code);
        File.WriteAllBytes(_files["alone.onnx"], OnnxBytes.PixelClassifier(Side, Side, RedGreenBlue));
        Assert.Equal(ErrorCode.FileMissing, Assert.Throws<PhotoStyleException>(() => SegmentationNetwork.Open(_files["alone.onnx"])).Code);
        Assert.Equal(ErrorCode.OptionInvalid, Assert.Throws<PhotoStyleException>(() => SegmentationNetwork.Open("unet")).Code);
    }

    [Fact]
    public void The_network_of_ADE20K_sees_the_sky_above_a_lake()
    {
        using SegmentationNetwork network = SegmentationNetwork.Open(ReferenceData.Require("weights/deeplabv3_mobilenetv2_ade20k32.onnx"));
        using Photo photo = PhotoReader.Read(Samples.Path("lake-day.png"));
        LabelMap truth = MaskReader.Read(Samples.Path("lake-mask.png"), photo.Width, photo.Height, notice: null);

        ClassAnalysis analysis = Segmenter.Analyse(photo, network);
        SegmentedPair pair = Segmenter.Decide(analysis, analysis);

        LabelMap expected = truth.Resize(pair.Content.Width, pair.Content.Height);
        int sky = pair.Names.ToList().IndexOf("sky");
        int both = 0, either = 0;
        for (int i = 0; i < expected.Labels.Length; i++)
        {
            (bool seen, bool isSky) = (pair.Content.Labels[i] == sky, expected.Labels[i] == 0);
            if (seen && isSky) both++;
            if (seen || isSky) either++;
        }

        Assert.InRange((double)both / either, 0.9, 1);
    }

    private static string Description(string more = "") =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"width": {{Side}}, "height": {{Side}}, "labels": ["earth", "tree", "sky"]{{(more.Length > 0 ? ", " : "")}}{{more}}}""");

    private SegmentationNetwork Open(byte[] model, string description)
    {
        File.WriteAllBytes(_files["model.onnx"], model);
        File.WriteAllText(_files["model.json"], description);
        return SegmentationNetwork.Open(_files["model.onnx"]);
    }

    private void AssertRefused(byte[] model, string description, string why)
    {
        var refusal = Assert.Throws<PhotoStyleException>(() => Open(model, description).Dispose());
        Assert.Equal(ErrorCode.ModelInvalid, refusal.Code);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    /// <summary>Thirds from left to right: red, green, blue.</summary>
    private static Photo Stripes(int width, int height)
    {
        var image = new FloatImage(3, height, width);
        for (int i = 0; i < image.PixelCount; i++) image.Plane(i % width * 3 / width)[i] = 1;
        return Photo.FromFloatImage(image);
    }

    private static void AssertAreStripes(ClassAnalysis analysis)
    {
        FloatImage planes = analysis.Probabilities;
        for (int y = 0; y < planes.Height; y++)
        {
            for (int third = 0; third < 3; third++)
                Assert.InRange(planes.Row(third, y)[(int)((third + 0.5) / 3 * planes.Width)], 0.9f, 1);
        }
    }

    private static FloatImage Flat(int width, int height, float[] colour)
    {
        var image = new FloatImage(3, height, width);
        for (int c = 0; c < 3; c++) image.Plane(c).Fill(colour[c]);
        return image;
    }
}
