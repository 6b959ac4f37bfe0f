using PhotoStyle.Optimization;

namespace PhotoStyle.Engine.Tests.Optimization;

public sealed class PixelLayersTests
{
    private static readonly string[] Vgg =
    [
        "relu1_1", "relu1_2", "relu2_1", "relu2_2", "relu3_1", "relu3_2", "relu3_3", "relu3_4", "relu4_1", "relu4_2", "relu4_3", "relu4_4", "relu5_1",
    ];

    [Fact]
    public void An_encoder_that_has_them_all_gives_the_published_layers()
    {
        PixelLayers layers = PixelLayers.Choose(Vgg, new PixelOptions());

        Assert.Equal(PixelOptions.DefaultStyleLayers, layers.Style.Select(s => s.Layer));
        Assert.All(layers.Style, s => Assert.Equal(1, s.Weight));
        Assert.Equal("relu4_2", layers.Content);
        Assert.Equal(["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu4_2", "relu5_1"], layers.All);
        Assert.Null(layers.Explain());
    }

    [Theory]
    [InlineData(8, "relu3_4")]
    [InlineData(9, "relu4_1")]
    [InlineData(1, "relu1_1")]
    public void What_an_encoder_lacks_is_told_with_what_stands_in(int count, string content)
    {
        PixelLayers layers = PixelLayers.Choose(Vgg[..count], new PixelOptions());

        Assert.Equal(content, layers.Content);
        Assert.Equal(Vgg[..count].Where(layer => layer.EndsWith("_1", StringComparison.Ordinal)), layers.Style.Select(s => s.Layer));
        Assert.Contains("relu5_1", layers.Explain(), StringComparison.Ordinal);
        Assert.Contains($"content at {content}", layers.Explain(), StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_and_weights_that_are_asked_for_are_taken_in_the_order_of_the_network()
    {
        PixelLayers layers = PixelLayers.Choose(
            Vgg, new PixelOptions { StyleLayers = ["relu3_2", "relu1_2"], StyleLayerWeights = [0.5, 2], ContentLayer = "relu2_2", ContentWeight = 1 });

        Assert.Equal([("relu1_2", 2), ("relu3_2", 0.5)], layers.Style);
        Assert.Equal(["relu1_2", "relu2_2", "relu3_2"], layers.All);
    }

    [Fact]
    public void Without_a_content_term_there_is_no_content_layer()
    {
        PixelLayers layers = PixelLayers.Choose(Vgg[..3], new PixelOptions { ContentWeight = 0 });

        Assert.Null(layers.Content);
        Assert.DoesNotContain("content", layers.Explain(), StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_that_are_asked_for_and_absent_are_refused()
    {
        foreach (PixelOptions options in new[] { new PixelOptions { StyleLayers = ["relu9_1"] }, new PixelOptions { ContentLayer = "relu5_1" }, new PixelOptions { StyleLayerWeights = [1, 1, 1, 1, 1] } })
        {
            PhotoStyleException error = Assert.Throws<PhotoStyleException>(() => PixelLayers.Choose(Vgg[..6], options));
            Assert.Equal(ErrorCode.OptionInvalid, error.Code);
            Assert.Contains("relu3_1", error.Message, StringComparison.Ordinal);
        }
        Assert.Equal(ErrorCode.OptionInvalid, Assert.Throws<PhotoStyleException>(() => PixelLayers.Choose(["relu1_2"], new PixelOptions())).Code);
    }
}
