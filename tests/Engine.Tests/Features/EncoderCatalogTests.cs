using PhotoStyle.Engine.Tests.Imaging;
using PhotoStyle.Engine.Tests.Serialization;
using PhotoStyle.Features;
using PhotoStyle.Models;
using PhotoStyle.Serialization;

namespace PhotoStyle.Engine.Tests.Features;

public sealed class EncoderCatalogTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void An_unknown_name_is_told_with_the_known_ones()
    {
        PhotoStyleException error = Assert.Throws<PhotoStyleException>(() => EncoderCatalog.Open("vgg18"));

        Assert.Equal(ErrorCode.OptionInvalid, error.Code);
        Assert.All(EncoderCatalog.Names, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Weights_that_are_not_in_the_folder_are_told_with_the_setting_that_names_it()
    {
        foreach (string name in EncoderCatalog.Names.Where(name => name != EmbeddedEncoder.Name))
        {
            if (ModelFolder.All.Any(Directory.Exists)) Assert.Skip("There is a folder of models.");
            PhotoStyleException error = Assert.Throws<PhotoStyleException>(() => EncoderCatalog.Open(name));
            Assert.Equal(ErrorCode.FileMissing, error.Code);
            Assert.Contains(ModelFolder.Variable, error.Message, StringComparison.Ordinal);
            Assert.Contains(ModelFolder.All[0], error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_is_missing_is_told() =>
        Assert.Equal(ErrorCode.FileMissing, Assert.Throws<PhotoStyleException>(() => EncoderCatalog.Open(_files["none.safetensors"])).Code);

    [Fact]
    public void A_damaged_file_is_refused()
    {
        string path = Saved("cut.safetensors", RandomWeights.Create([[4]], seed: 1));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^9]);

        AssertInvalid(path);
    }

    [Fact]
    public void A_file_made_for_something_else_is_refused() =>
        AssertInvalid(Saved("grade.safetensors", new() { ["grids"] = new([1], [1]) }));

    [Fact]
    public void Any_file_with_an_encoder_in_it_is_opened_by_its_path()
    {
        using IFeatureEncoder encoder = EncoderCatalog.Open(Saved("mine.SafeTensors", RandomWeights.Create([[4], [5]], seed: 1)));

        Assert.Equal("mine", encoder.Name);
        Assert.Equal(["relu1_1", "relu2_1"], encoder.Levels.Select(level => level.Name));
    }

    [Fact]
    public void The_embedded_encoder_needs_no_file()
    {
        using IFeatureEncoder encoder = EncoderCatalog.Open(EmbeddedEncoder.Name);

        Assert.Equal(CompactEncoder.LayerNames, encoder.Levels.Select(level => level.Name));
    }

    [Fact]
    public void Weights_as_torchvision_publishes_them_are_taken_for_torchvisions()
    {
        var random = new Random(1);
        (string, long[], float[]) Tensor(string name, params long[] shape) =>
            (name, shape, [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => random.NextSingle() - 0.5f)]);
        using (MemoryStream file = PickledWeights.File(
            legacy: true, Tensor("features.0.weight", 4, 3, 3, 3), Tensor("features.0.bias", 4), Tensor("features.2.weight", 4, 4, 3, 3), Tensor("features.2.bias", 4),
            Tensor("features.5.weight", 6, 4, 3, 3), Tensor("features.5.bias", 6), Tensor("classifier.0.weight", 5, 5)))
        {
            File.WriteAllBytes(_files["small.pth"], file.ToArray());
        }

        using IFeatureEncoder encoder = EncoderCatalog.Open(_files["small.pth"]);

        Assert.Equal([new FeatureLevel("relu1_1", 4, 1), new FeatureLevel("relu2_1", 6, 2)], encoder.Levels);
        Assert.False(encoder.InCaffeUnits);
    }

    [Theory]
    [InlineData("vgg19_conv1_1_to_conv3_4", new[] { 64, 128, 256 }, 21)]
    [InlineData("vgg19_16x_distilled_conv5_1", new[] { 16, 32, 64, 128, 128 }, 25)]
    [InlineData("vgg19_pca_distilled_relu4_1", new[] { 10, 20, 58, 64 }, 0.43)]
    public void Known_weight_files_have_the_levels_that_their_makers_gave_them_and_their_scale(string name, int[] channels, double scale)
    {
        using IFeatureEncoder encoder = EncoderCatalog.Open(ReferenceData.Require($"weights/{name}.safetensors"));

        Assert.Equal(channels.Select((count, i) => new FeatureLevel($"relu{i + 1}_1", count, 1 << i)), encoder.Levels);
        Assert.Equal(scale, encoder.StyleScale);
    }

    private static void AssertInvalid(string path) =>
        Assert.Equal(ErrorCode.WeightsInvalid, Assert.Throws<PhotoStyleException>(() => EncoderCatalog.Open(path)).Code);

    private string Saved(string name, Dictionary<string, SafeTensor> tensors)
    {
        using FileStream stream = File.Create(_files[name]);
        new SafeTensors { Tensors = tensors }.Write(stream);
        return _files[name];
    }
}
