using System.Text.Json;

namespace PhotoStyle.Cli.Tests.Commands;

public sealed class ScoreCommandTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public ScoreCommandTests() => Pictures.WritePair(_files);

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task The_content_itself_keeps_all_structure_and_the_style_itself_has_all_style()
    {
        JsonElement ofContent = (await ScoreAsync("content.png", "--json")).Events[^1].GetProperty("scores");
        JsonElement ofStyle = (await ScoreAsync("style.png", "--json")).Events[^1].GetProperty("scores");

        Assert.Equal(1, ofContent.GetProperty("struct").GetDouble(), 3);
        Assert.Equal(0, ofStyle.GetProperty("swd").GetDouble(), 6);
        Assert.Equal(0, ofStyle.GetProperty("gram").GetDouble(), 6);
        Assert.True(ofContent.GetProperty("lap").GetDouble() < ofStyle.GetProperty("lap").GetDouble());
        Assert.True(ofContent.GetProperty("swd").GetDouble() > 0.05);
    }

    [Fact]
    public async Task Each_figure_is_explained_with_its_direction()
    {
        Outcome outcome = await ScoreAsync("content.png", "--content-mask", _files["content-mask.png"], "--style-mask", _files["style-mask.png"]);

        Assert.Matches("(?m)^swd .*lower is better.*colours", outcome.Output);
        Assert.Matches("(?m)^gram .*lower is better.*textures", outcome.Output);
        Assert.Matches("(?m)^struct .*higher is better.*content", outcome.Output);
        Assert.Matches("(?m)^lap .*lower is better", outcome.Output);
        Assert.Contains("encoder embedded", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_holds_what_is_documented()
    {
        JsonElement result = Assert.Single((await ScoreAsync("content.png", "--json", "--quiet")).Events);

        Assert.Equal(["event", "command", "scores", "encoder", "seconds"], result.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["swd", "gram", "struct", "lap"], result.GetProperty("scores").EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Quiet_still_answers()
    {
        Outcome outcome = await ScoreAsync("content.png", "-q");

        Assert.StartsWith("swd", outcome.Output, StringComparison.Ordinal);
        Assert.Empty(outcome.Error);
    }

    [Fact]
    public async Task A_result_of_another_shape_is_an_error()
    {
        Pictures.Write(_files["tall.png"], seed: 5, [0.3f, 0.3f, 0.3f], width: 50, height: 90);
        Outcome outcome = await Outcome.OfAsync("score", _files["tall.png"], _files["content.png"], _files["style.png"]);

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains("error[option-invalid]: The result has 50×90", outcome.Error, StringComparison.Ordinal);
    }

    private async Task<Outcome> ScoreAsync(string result, params string[] options) =>
        (await Outcome.OfAsync(["score", _files[result], _files["content.png"], _files["style.png"], .. options])).Succeeded();
}
