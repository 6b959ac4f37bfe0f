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

    [Fact]
    public async Task A_folder_of_pairs_is_solved_and_held_against_the_results_in_it()
    {
        WritePairFolder("10", result: "style.png");
        WritePairFolder("9", result: "content.png");
        Directory.CreateDirectory(_files["pairs/notes"]);

        JsonElement result = (await Outcome.OfAsync("score", "--pairs", _files["pairs"], "--json")).Succeeded().Events[^1];

        JsonElement[] pairs = [.. result.GetProperty("pairs").EnumerateArray()];
        Assert.Equal(["9", "10"], pairs.Select(pair => pair.GetProperty("pair").GetString()));
        // The style itself can not be beaten in style, nor the content in structure; a transfer is nearer to the style than the content is.
        Assert.Equal(0, Theirs(pairs[1], "swd"), 6);
        Assert.Equal(1, Theirs(pairs[0], "struct"), 3);
        Assert.True(pairs[0].GetProperty("ours").GetProperty("swd").GetDouble() < Theirs(pairs[0], "swd") / 2);
        Assert.All(pairs, pair => Assert.InRange(pair.GetProperty("atLeastAsGood").GetInt32(), 1, 3));

        static double Theirs(JsonElement pair, string figure) => pair.GetProperty("theirs").GetProperty(figure).GetDouble();
    }

    [Fact]
    public async Task The_table_marks_what_is_at_least_as_good()
    {
        WritePairFolder("1", result: "content.png");

        Outcome outcome = (await Outcome.OfAsync("score", "--pairs", _files["pairs"])).Succeeded();

        Assert.Matches(@"(?m)^\| 1 \| \*\*\d\.\d{4} / \d\.\d{4}\*\* \|", outcome.Output);
        Assert.Matches(@"(?m)^all four on \d of 1, three or more on \d", outcome.Output);
    }

    [Theory]
    [InlineData("There is no folder", "--pairs", "nowhere")]
    [InlineData("holds no pairs: each is a folder with content.png", "--pairs", ".")]
    [InlineData("give it without others", "--pairs", ".", "content.png")]
    [InlineData("Three pictures are needed", "content.png", "style.png")]
    public async Task Nothing_to_score_is_said_in_a_sentence(string expected, params string[] arguments)
    {
        Outcome outcome = await Outcome.OfAsync(["score", .. arguments.Select(a => a.StartsWith('-') ? a : _files[a])]);

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
    }

    private void WritePairFolder(string name, string result)
    {
        string folder = Directory.CreateDirectory(_files[$"pairs/{name}"]).FullName;
        foreach (string file in new[] { "content.png", "style.png", "content-mask.png", "style-mask.png" }) File.Copy(_files[file], Path.Combine(folder, file));
        File.Copy(_files[result], Path.Combine(folder, "authors-final.png"));
    }

    private async Task<Outcome> ScoreAsync(string result, params string[] options) =>
        (await Outcome.OfAsync(["score", _files[result], _files["content.png"], _files["style.png"], .. options])).Succeeded();
}
