using System.Text.Json;
using PhotoStyle.Imaging;

namespace PhotoStyle.Cli.Tests.Commands;

public sealed class PixelPresetTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public PixelPresetTests() => Pictures.WritePair(_files);

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task The_paper_preset_shows_previews_and_makes_a_grade_that_can_be_applied_again()
    {
        Outcome outcome = (await TransferAsync(
            "out.png", "paper", [.. Masks, "--save-grade", _files["a.safetensors"], "--preview", _files["preview.png"], "--preview-every", "2", "--json"])).Succeeded();

        JsonElement[] progress = [.. outcome.Events.Where(e => e.GetProperty("event").GetString() == "progress")];
        Assert.Equal([1, 2], progress.Select(e => e.GetProperty("pass").GetInt32()).Distinct());
        JsonElement result = outcome.Events[^1];
        Assert.Equal("paper", result.GetProperty("preset").GetString());
        Assert.InRange(result.GetProperty("evaluations").GetInt32(), 4, 8);
        Assert.Contains(outcome.Events, e => e.GetProperty("event").GetString() == "notice" && e.GetProperty("message").GetString()!.Contains("content at relu4_1", StringComparison.Ordinal));
        using Photo preview = PhotoReader.Read(_files["preview.png"]);
        Assert.Equal(64, preview.Width);

        (await Outcome.OfAsync("apply", _files["a.safetensors"], _files["content.png"], "-o", _files["again.png"])).Succeeded();
        Assert.Equal(Pictures.Pixels(_files["out.png"]), Pictures.Pixels(_files["again.png"]));
        (await Outcome.OfAsync("apply", _files["a.safetensors"], _files["content.png"], "-o", _files["none.png"], "--strength", "0", "--cube", _files["a.cube"])).Succeeded();
        Assert.Equal(Pictures.Pixels(_files["content.png"]), Pictures.Pixels(_files["none.png"]));
    }

    [Fact]
    public async Task A_painting_is_enlarged_with_a_notice()
    {
        Outcome outcome = (await TransferAsync("out.png", "gatys")).Succeeded();

        Assert.Contains("note: It was painted at a long side of 64 pixels", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("preset gatys", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Layers_weights_and_methods_can_be_chosen()
    {
        (await TransferAsync(
            "out.png",
            "doodle",
            [.. Masks, "--style-layers", "relu2_1:0.5,relu1_1", "--content-layer", "relu3_1", "--content-weight", "1", "--method", "adam", "--rate", "0.02", "--start", "content"])).Succeeded();
    }

    [Theory]
    [InlineData("fast", "--style-weight is for the presets", "--style-weight", "3")]
    [InlineData("gatys", "--photorealism-weight is for the preset paper", "--photorealism-weight", "3")]
    [InlineData("gatys", "--no-smoothing is for the preset paper", "--no-smoothing")]
    [InlineData("paper", "relu9_1", "--style-layers", "relu9_1")]
    [InlineData("paper", "relu4_2", "--content-layer", "relu4_2")]
    [InlineData("paper", "'relu1_1:x'", "--style-layers", "relu1_1:x")]
    [InlineData("paper", "twice", "--style-layers", "relu1_1,relu1_1")]
    [InlineData("paper", "--preview-every", "--preview-every", "3")]
    [InlineData("paper", "--checkpoint-every without", "--checkpoint-every", "3")]
    [InlineData("paper", "seconds from 0", "--checkpoint-every", "-1")]
    [InlineData("paper", "--method is 'newton'", "--method", "newton")]
    [InlineData("paper", "history", "--history", "0")]
    [InlineData("oil", "There is no preset 'oil'")]
    [InlineData("doodle", "give masks")]
    public async Task What_does_not_fit_is_told(string preset, string words, params string[] options)
    {
        Outcome outcome = await TransferAsync("out.png", preset, options);

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains("error[option-invalid]: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(words, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_published_encoder_is_the_default_and_its_absence_is_told()
    {
        Assert.SkipWhen(File.Exists(Models.ModelFolder.PathOf(Models.ModelManifest.Get("vgg19-caffe"))), "The weights are there.");
        Outcome outcome = await Outcome.OfAsync("transfer", _files["content.png"], _files["style.png"], "-o", _files["out.png"], "--preset", "paper", "--size", "64");

        Assert.Contains("error[file-missing]: The model 'vgg19-caffe'", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_may_not_be_an_input()
    {
        Outcome outcome = await TransferAsync("out.png", "gatys", "--preview", _files["content.png"], "--force");

        Assert.Contains("error[option-invalid]: --preview and CONTENT are the same file", outcome.Error, StringComparison.Ordinal);
    }

    private string[] Masks => ["--content-mask", _files["content-mask.png"], "--style-mask", _files["style-mask.png"]];

    private Task<Outcome> TransferAsync(string output, string preset, params string[] options) => Outcome.OfAsync(
    [
        "transfer", _files["content.png"], _files["style.png"], "-o", _files[output], "--preset", preset, "--encoder", "embedded", "--size", "64", "--iterations", "4", .. options,
    ]);
}
