using System.Text.Json;
using PhotoStyle.Imaging;

namespace PhotoStyle.Cli.Tests.Commands;

public sealed class SegmentCommandTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public SegmentCommandTests()
    {
        Pictures.WritePair(_files);
        Directory.CreateDirectory(_files["masks"]);
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task The_masks_of_both_photos_are_taken_back_by_a_transfer()
    {
        Outcome outcome = (await SegmentAsync("--json")).Succeeded();

        JsonElement result = outcome.Events[^1];
        string[] written = [.. result.GetProperty("written").EnumerateArray().Select(path => path.GetString()!)];
        Assert.Equal(
            ["content-mask.png", "content-index.png", "content-overlay.jpg", "content-legend.json", "style-mask.png", "style-index.png", "style-overlay.jpg", "style-legend.json"],
            written.Select(path => Path.GetFileName(path)));
        Assert.All(written, path => Assert.True(File.Exists(path)));
        Assert.Equal("cluster", result.GetProperty("mode").GetString());
        Assert.Equal(1, result.GetProperty("classes").EnumerateArray().Sum(one => one.GetProperty("share").GetDouble()), 6);
        Assert.Equal(1, result.GetProperty("classes").EnumerateArray().Sum(one => one.GetProperty("styleShare").GetDouble()), 6);

        foreach (string kind in new[] { "mask", "index" })
        {
            (await Outcome.OfAsync([
                "transfer", _files["content.png"], _files["style.png"], "-o", _files[kind + ".png"], "--content-mask", _files[$"masks/content-{kind}.png"], "--style-mask", _files[$"masks/style-{kind}.png"], .. Quick,
            ])).Succeeded();
        }

        Assert.Equal(File.ReadAllBytes(_files["mask.png"]), File.ReadAllBytes(_files["index.png"]));
    }

    [Fact]
    public async Task The_legend_says_what_each_value_of_the_mask_is()
    {
        (await SegmentAsync()).Succeeded();

        using JsonDocument legend = JsonDocument.Parse(File.ReadAllText(_files["masks/content-legend.json"]));
        byte[] values = Pictures.Pixels(_files["masks/content-index.png"]);
        JsonElement[] classes = [.. legend.RootElement.GetProperty("classes").EnumerateArray()];
        Assert.Equal("content.png", legend.RootElement.GetProperty("photo").GetString());
        Assert.False(legend.RootElement.TryGetProperty("network", out _), "Clustering asks no network.");
        Assert.Equal(values.Distinct().Order(), classes.Where(one => one.GetProperty("share").GetDouble() > 0).Select(one => one.GetProperty("label").GetByte()));
        Assert.All(classes, one => Assert.Equal(values.Count(value => value == one.GetProperty("label").GetByte()) / (double)values.Length, one.GetProperty("share").GetDouble(), 6));
    }

    [Fact]
    public async Task One_photo_alone_is_segmented_too()
    {
        Outcome outcome = (await Outcome.OfAsync("segment", _files["content.png"], "-o", _files["masks"])).Succeeded();

        Assert.Contains("content-overlay.jpg", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(4, Directory.GetFiles(_files["masks"]).Length);
        using Photo mask = PhotoReader.Read(_files["masks/content-mask.png"]);
        Assert.Equal((Pictures.Width, Pictures.Height), (mask.Width, mask.Height));
    }

    [Fact]
    public async Task Files_that_exist_are_not_replaced()
    {
        File.WriteAllText(_files["masks/style-legend.json"], "mine");
        Outcome outcome = await SegmentAsync();

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains("error[output-not-writable]", outcome.Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_files["masks/style-legend.json"]));
        Assert.Single(Directory.GetFiles(_files["masks"]));
    }

    [Fact]
    public async Task Two_photos_of_one_name_are_told_apart_or_refused()
    {
        Directory.CreateDirectory(_files["other"]);
        File.Copy(_files["style.png"], _files["other/content.png"]);
        Outcome outcome = await Outcome.OfAsync("segment", _files["content.png"], _files["other/content.png"], "-o", _files["masks"]);

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains("error[option-invalid]", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transfer_without_masks_clusters_and_says_so()
    {
        Outcome outcome = (await TransferAsync("out.png", "--json")).Succeeded();

        Assert.Equal(["read", "segment", "solve", "render", "write"], outcome.Events.Where(e => e.GetProperty("event").GetString() == "stage").Select(e => e.GetProperty("stage").GetString()));
        JsonElement result = outcome.Events[^1];
        Assert.Equal("cluster", result.GetProperty("segmentation").GetString());
        Assert.Equal(JsonValueKind.Array, result.GetProperty("warnings").ValueKind);
        // What only the style shows is left out; all that the content shows has a partner.
        Assert.All(result.GetProperty("classes").EnumerateArray(), one => Assert.Equal(one.GetProperty("contentShare").GetDouble() > 0 ? "matched" : "dropped", one.GetProperty("fate").GetString()));
    }

    [Fact]
    public async Task The_compact_segmenter_names_classes_without_any_file()
    {
        Outcome transferred = (await TransferAsync("named.png", "--segment", "onnx", "--network", "compact", "--json")).Succeeded();
        Outcome unknown = await TransferAsync("a.png", "--segment", "onnx", "--network", "none-such");

        Assert.Contains("with the compact segmenter", transferred.Output, StringComparison.Ordinal);
        Assert.Equal("onnx", transferred.Events[^1].GetProperty("segmentation").GetString());
        Assert.Equal("compact", transferred.Events[^1].GetProperty("network").GetString());
        string[] names = ["sky", "water", "vegetation", "ground", "mountain", "building", "road", "person", "other"];
        Assert.All(transferred.Events[^1].GetProperty("classes").EnumerateArray(), one => Assert.Contains(one.GetProperty("name").GetString(), names));
        Assert.Contains("choose deeplabv3-ade20k or compact", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task None_makes_the_whole_photo_one_class()
    {
        Outcome outcome = (await TransferAsync("out.png", "--segment", "none", "--json")).Succeeded();

        Assert.Equal("whole photo", Assert.Single(outcome.Events[^1].GetProperty("classes").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Masks_and_another_way_exclude_each_other()
    {
        string[] masks = ["--content-mask", _files["content-mask.png"], "--style-mask", _files["style-mask.png"]];
        Assert.Contains("error[option-invalid]: There are masks and --segment cluster", (await TransferAsync("a.png", [.. masks, "--segment", "cluster"])).Error, StringComparison.Ordinal);
        Assert.Contains("error[option-invalid]: There is --segment masks without masks", (await TransferAsync("a.png", "--segment", "masks")).Error, StringComparison.Ordinal);
        Assert.Contains("error[option-invalid]: --segment is 'magic'", (await TransferAsync("a.png", "--segment", "magic")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_is_none_gets_a_sentence()
    {
        File.WriteAllText(_files["broken.onnx"], "<!DOCTYPE html>");
        File.WriteAllText(_files["broken.json"], "{\"width\": 32, \"height\": 32, \"labels\": [\"sky\", \"sea\"]}");

        Outcome broken = await TransferAsync("a.png", "--segment", "onnx", "--network", _files["broken.onnx"]), missing = await TransferAsync("a.png", "--segment", "onnx", "--network", _files["no.onnx"]);

        Assert.Equal(ExitCode.UserError, broken.ExitCode);
        Assert.Contains("error[model-invalid]: The model broken can not be loaded", broken.Error, StringComparison.Ordinal);
        Assert.Contains("error[file-missing]", missing.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_files["a.png"]));
    }

    private static string[] Quick => ["--size", "64", "--iterations", "3"];

    private Task<Outcome> SegmentAsync(params string[] options) => Outcome.OfAsync(["segment", _files["content.png"], _files["style.png"], "-o", _files["masks"], .. options]);

    private Task<Outcome> TransferAsync(string output, params string[] options) =>
        Outcome.OfAsync(["transfer", _files["content.png"], _files["style.png"], "-o", _files[output], .. Quick, .. options]);
}
