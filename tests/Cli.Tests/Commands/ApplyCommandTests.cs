using System.Text.Json;

namespace PhotoStyle.Cli.Tests.Commands;

public sealed class ApplyCommandTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public ApplyCommandTests() => Pictures.WritePair(_files);

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_saved_grade_gives_the_same_file_as_the_transfer_that_saved_it()
    {
        await SaveGradeAsync("--content-mask", _files["content-mask.png"], "--style-mask", _files["style-mask.png"], "--cube", _files["first.cube"]);
        Outcome outcome = (await Outcome.OfAsync("apply", _files["a.safetensors"], _files["content.png"], "-o", _files["again.png"], "--cube", _files["second.cube"])).Succeeded();

        Assert.Equal(File.ReadAllBytes(_files["out.png"]), File.ReadAllBytes(_files["again.png"]));
        Assert.Equal(File.ReadAllLines(_files["first.cube"])[1..], File.ReadAllLines(_files["second.cube"])[1..]);
        Assert.Contains("encoder embedded", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("note:", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strength_nought_returns_the_photo()
    {
        await SaveGradeAsync();
        (await Outcome.OfAsync("apply", _files["a.safetensors"], _files["content.png"], "-o", _files["same.png"], "--strength", "0")).Succeeded();

        Assert.Equal(Pictures.Pixels(_files["content.png"]), Pictures.Pixels(_files["same.png"]));
    }

    [Fact]
    public async Task A_photo_of_another_shape_is_graded_with_a_notice()
    {
        await SaveGradeAsync();
        Pictures.Write(_files["tall.png"], seed: 5, [0.3f, 0.3f, 0.3f], width: 50, height: 90);
        Outcome outcome = (await Outcome.OfAsync("apply", _files["a.safetensors"], _files["tall.png"], "-o", _files["graded.jpg"])).Succeeded();

        Assert.Contains("note: tall.png has another shape", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_ends_with_the_result()
    {
        await SaveGradeAsync();
        Outcome outcome = (await Outcome.OfAsync("apply", _files["a.safetensors"], _files["content.png"], "-o", _files["b.tif"], "--strength", "0.5", "--json")).Succeeded();
        JsonElement result = outcome.Events[^1];

        Assert.Equal("result", result.GetProperty("event").GetString());
        Assert.Equal("apply", result.GetProperty("command").GetString());
        Assert.Equal(0.5, result.GetProperty("strength").GetDouble());
        Assert.Equal(_files["b.tif"], result.GetProperty("output").GetString());
    }

    [Fact]
    public async Task Quiet_is_silent()
    {
        await SaveGradeAsync();
        Outcome outcome = (await Outcome.OfAsync("apply", _files["a.safetensors"], _files["content.png"], "-o", _files["b.webp"], "-q")).Succeeded();

        Assert.Empty(outcome.Output + outcome.Error);
        Assert.True(File.Exists(_files["b.webp"]));
    }

    private async Task SaveGradeAsync(params string[] options) => (await Outcome.OfAsync(
    [
        "transfer", _files["content.png"], _files["style.png"], "-o", _files["out.png"], "--save-grade", _files["a.safetensors"], "--size", "64", "--iterations", "3", .. options,
    ])).Succeeded();
}
