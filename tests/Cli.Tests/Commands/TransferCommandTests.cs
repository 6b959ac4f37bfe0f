using System.Text.Json;
using PhotoStyle.Imaging;

namespace PhotoStyle.Cli.Tests.Commands;

public sealed class TransferCommandTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public TransferCommandTests() => Pictures.WritePair(_files);

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_photo_takes_another_look_and_the_run_says_how()
    {
        Outcome outcome = (await TransferAsync("out.png")).Succeeded();

        using Photo photo = PhotoReader.Read(_files["out.png"]);
        Assert.Equal((Pictures.Width, Pictures.Height), (photo.Width, photo.Height));
        Assert.NotEqual(Pictures.Pixels(_files["content.png"]), Pictures.Pixels(_files["out.png"]));
        Assert.Contains("encoder embedded", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("out.png", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Solving", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', outcome.Error);
    }

    [Fact]
    public async Task Masks_give_a_report_of_each_class()
    {
        // Yellow is not in the style.
        Pictures.WriteMask(_files["content-mask.png"], Pictures.Width, Pictures.Height, top: [1, 1, 0]);
        Outcome outcome = (await TransferAsync("out.png", [.. Masks, "--orphans", "keep"])).Succeeded();

        Assert.Matches(@"yellow +48\.8 % +- +not in the style: stays as it is", outcome.Output);
        Assert.Matches(@"green +51\.2 % +48\.8 % +takes the look of green", outcome.Output);
        Assert.Matches(@"blue +- +51\.2 % +in the style only", outcome.Output);
    }

    [Fact]
    public async Task An_orphan_can_be_an_error()
    {
        Pictures.WriteMask(_files["content-mask.png"], Pictures.Width, Pictures.Height, top: [1, 1, 0]);
        Outcome outcome = await TransferAsync("out.png", [.. Masks, "--orphans", "fail"]);

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.StartsWith("error[orphan-label]: ", Assert.Single(ErrorLines(outcome)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mask_of_another_size_is_resized_with_a_notice()
    {
        Pictures.WriteMask(_files["content-mask.png"], Pictures.Width * 2, Pictures.Height * 2, top: [0, 0, 1]);
        Outcome outcome = (await TransferAsync("out.png", Masks)).Succeeded();

        Assert.Contains("note: The mask content-mask.png", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_one_object_a_line_and_ends_with_the_result()
    {
        Outcome outcome = (await TransferAsync("out.png", [.. Masks, "--json", "--save-grade", _files["a.safetensors"]])).Succeeded();
        JsonElement[] events = outcome.Events;

        Assert.Empty(outcome.Error);
        Assert.Equal(["read", "solve", "render", "write"], events.Where(e => Kind(e) == "stage").Select(e => e.GetProperty("stage").GetString()));
        JsonElement progress = events.Last(e => Kind(e) == "progress");
        Assert.Equal("solve", progress.GetProperty("stage").GetString());
        Assert.InRange(progress.GetProperty("evaluations").GetInt32(), 1, 5);
        Assert.True(double.IsFinite(progress.GetProperty("loss").GetDouble()));
        Assert.True(progress.GetProperty("iteration").GetInt32() > 0);
        Assert.True(progress.GetProperty("secondsLeft").GetDouble() >= 0);

        JsonElement result = events[^1];
        Assert.Equal("result", Kind(result));
        Assert.Single(events, e => Kind(e) == "result");
        Assert.Equal(_files["out.png"], result.GetProperty("output").GetString());
        Assert.Equal(Pictures.Width, result.GetProperty("width").GetInt32());
        Assert.Contains("embedded", result.GetProperty("encoder").GetString(), StringComparison.Ordinal);
        Assert.True(result.GetProperty("device").GetString() is "cpu" or "cuda");
        Assert.Equal([_files["a.safetensors"], _files["out.png"]], result.GetProperty("written").EnumerateArray().Select(e => e.GetString()));
        Assert.Equal(["blue", "green"], result.GetProperty("classes").EnumerateArray().Select(e => e.GetProperty("name").GetString()));
        Assert.All(result.GetProperty("classes").EnumerateArray(), e => Assert.Equal("matched", e.GetProperty("fate").GetString()));
        Assert.True(result.GetProperty("seconds").GetProperty("stages").GetProperty("solve").GetDouble() > 0);
    }

    [Fact]
    public async Task Quiet_is_silent()
    {
        Outcome outcome = (await TransferAsync("out.png", "--quiet")).Succeeded();

        Assert.Empty(outcome.Output);
        Assert.Empty(outcome.Error);
        Assert.True(File.Exists(_files["out.png"]));
    }

    [Fact]
    public async Task Quiet_json_is_the_result_only()
    {
        Outcome outcome = (await TransferAsync("out.png", "-q", "--json")).Succeeded();

        Assert.Equal("result", Kind(Assert.Single(outcome.Events)));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_file()
    {
        (await TransferAsync("a.png", "--seed", "7")).Succeeded();
        (await TransferAsync("b.png", "--seed", "7")).Succeeded();

        Assert.Equal(File.ReadAllBytes(_files["a.png"]), File.ReadAllBytes(_files["b.png"]));
    }

    [Fact]
    public async Task Who_asks_for_a_gpu_gets_it_or_is_told_that_there_is_none()
    {
        Outcome outcome = await TransferAsync("out.png", "--device", "cuda");

        if (TorchSharp.torch.cuda.is_available())
        {
            Assert.Contains("on cuda", outcome.Succeeded().Error, StringComparison.Ordinal);
            return;
        }
        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.StartsWith("error[platform-unsupported]: The device cuda is asked for", Assert.Single(ErrorLines(outcome)), StringComparison.Ordinal);
        Assert.False(File.Exists(_files["out.png"]));
    }

    [Fact]
    public async Task Strength_nought_returns_the_photo()
    {
        (await TransferAsync("out.png", "--strength", "0")).Succeeded();

        Assert.Equal(Pictures.Pixels(_files["content.png"]), Pictures.Pixels(_files["out.png"]));
    }

    [Fact]
    public async Task The_look_up_table_is_written_in_the_format_of_editors()
    {
        (await TransferAsync("out.png", "--cube", _files["look.cube"])).Succeeded();
        string[] lines = File.ReadAllLines(_files["look.cube"]);

        Assert.Equal(["TITLE \"look\"", "LUT_3D_SIZE 33"], lines[..2]);
        Assert.Equal(2 + 33 * 33 * 33, lines.Length);
    }

    [Fact]
    public async Task What_the_format_can_not_hold_is_said()
    {
        Pictures.Write(_files["deep.png"], seed: 3, [0.2f, 0.4f, 0.6f], bitDepth: 16);
        Outcome outcome = (await Outcome.OfAsync(["transfer", _files["deep.png"], _files["style.png"], "-o", _files["out.jpg"], .. Quick])).Succeeded();

        Assert.Contains("note: out.jpg holds 8 bit", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_run_leaves_nothing()
    {
        string[] before = _files.Names;
        Outcome outcome = await Outcome.CancelledAtAsync("Solving", Transfer("out.png", "--save-grade", _files["a.safetensors"]));

        Assert.Equal(ExitCode.Cancelled, outcome.ExitCode);
        Assert.Equal("cancelled: nothing was written", ErrorLines(outcome)[^1]);
        Assert.Equal(before, _files.Names);
    }

    [Fact]
    public async Task What_was_complete_before_a_cancellation_stays_and_is_named()
    {
        Outcome outcome = await Outcome.CancelledAtAsync("Rendering", Transfer("out.png", "--save-grade", _files["a.safetensors"]));

        Assert.Equal(ExitCode.Cancelled, outcome.ExitCode);
        Assert.Contains("a.safetensors had been written and is complete", ErrorLines(outcome)[^1], StringComparison.Ordinal);
        Assert.False(File.Exists(_files["out.png"]));
        (await Outcome.OfAsync("apply", _files["a.safetensors"], _files["content.png"], "-o", _files["later.png"])).Succeeded();
    }

    [Fact]
    public async Task A_run_resumed_from_its_checkpoint_gives_the_same_file_as_one_without_interruption()
    {
        string[] checkpoint = ["--checkpoint", _files["state"], "--json"];
        Outcome cancelled = await Outcome.CancelledAtAsync("\"iteration\":2,", Transfer("resumed.png", checkpoint));
        Assert.Equal(ExitCode.Cancelled, cancelled.ExitCode);
        JsonElement error = cancelled.Events[^1].GetProperty("error");
        Assert.Equal("cancelled", error.GetProperty("code").GetString());
        Assert.Contains("run the same command again", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.True(File.Exists(_files["state"]));

        Outcome resumed = (await TransferAsync("resumed.png", checkpoint)).Succeeded();
        (await TransferAsync("whole.png")).Succeeded();

        Assert.Equal(2, resumed.Events.First(e => Kind(e) == "progress").GetProperty("iteration").GetInt32(), 1.0);
        Assert.False(File.Exists(_files["state"]));
        Assert.Equal(File.ReadAllBytes(_files["whole.png"]), File.ReadAllBytes(_files["resumed.png"]));
    }

    private static string[] Quick => ["--size", "64", "--iterations", "5"];

    private string[] Masks => ["--content-mask", _files["content-mask.png"], "--style-mask", _files["style-mask.png"]];

    private static string Kind(JsonElement line) => line.GetProperty("event").GetString()!;

    private static string[] ErrorLines(Outcome outcome) => [.. outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith("error", StringComparison.Ordinal) || line.StartsWith("cancelled", StringComparison.Ordinal))];

    private string[] Transfer(string output, params string[] options) =>
        ["transfer", _files["content.png"], _files["style.png"], "-o", _files[output], .. Quick, .. options];

    private Task<Outcome> TransferAsync(string output, params string[] options) => Outcome.OfAsync(Transfer(output, options));
}
