using System.Diagnostics;
using System.Text.Json;

namespace PhotoStyle.Cli.Tests;

/// <summary>What only a real process shows.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Help_comes_without_loading_the_science()
    {
        using Process process = Start("--help");
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        Assert.Contains("Examples:", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT", false)]
    [InlineData("TERM", false)]
    [InlineData("INT", true)]
    public async Task A_signal_ends_the_run_without_half_written_files(string signal, bool checkpoint)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        Pictures.WritePair(_files);
        string[] before = _files.Names;
        string[] options = checkpoint ? ["--checkpoint", _files["state"]] : [];
        using Process process = Start(
        [
            "transfer", _files["content.png"], _files["style.png"], "-o", _files["out.png"], "--save-grade", _files["grade.safetensors"],
            "--size", "64", "--iterations", "100000", "--json", .. options,
        ]);
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is string line)
        {
            if (line.Contains("\"event\":\"progress\"", StringComparison.Ordinal))
                break;
        }
        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        string rest = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Cancelled, process.ExitCode);
        JsonElement error = JsonDocument.Parse(rest.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]).RootElement.GetProperty("error");
        Assert.Equal("cancelled", error.GetProperty("code").GetString());
        Assert.StartsWith("nothing was written", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(checkpoint ? [.. before.Append("state").Order(StringComparer.Ordinal)] : before, _files.Names);
    }

    [Fact]
    public async Task A_process_of_the_preset_paper_killed_again_and_again_ends_with_the_same_bytes()
    {
        Pictures.WritePair(_files);
        const int evaluations = 12, stages = 2;
        string[] Transfer(string output) =>
        [
            "transfer", _files["content.png"], _files["style.png"], "-o", _files[output], "--content-mask", _files["content-mask.png"], "--style-mask", _files["style-mask.png"],
            "--preset", "paper", "--encoder", "embedded", "--size", "64", "--iterations", $"{evaluations}", "--json",
        ];
        (await Outcome.OfAsync(Transfer("whole.png"))).Succeeded();

        int seed = Random.Shared.Next(), done = 0;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        // At an iteration of each stage at least, and somewhere on the way to it: the kill comes when it comes.
        foreach (int target in new[] { random.Next(1, 5), random.Next(5, evaluations), random.Next(evaluations + 1, evaluations + 6), random.Next(evaluations + 6, stages * evaluations) })
        {
            using Process process = Start([.. Transfer("resumed.png"), "--checkpoint", _files["state"], "--checkpoint-every", "0"]);
            int first = 0, last = 0;
            while (last < target && await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is string line)
            {
                JsonElement told = JsonDocument.Parse(line).RootElement;
                if (told.GetProperty("event").GetString() != "progress") continue;
                last = told.GetProperty("evaluations").GetInt32();
                if (first == 0) first = last;
            }
            Assert.InRange(last, target, stages * evaluations);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.NotEqual(0, process.ExitCode);
            Assert.False(File.Exists(_files["resumed.png"]));
            // It went on where the one before was killed: what was told last may not have been written yet, and a line search may take two evaluations or three.
            Assert.InRange(first, done, done + 4);
            done = last;
        }
        using Process final = Start([.. Transfer("resumed.png"), "--checkpoint", _files["state"], "--checkpoint-every", "0"]);
        await final.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await final.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, final.ExitCode);
        Assert.Equal(File.ReadAllBytes(_files["whole.png"]), File.ReadAllBytes(_files["resumed.png"]));
    }

    private static Process Start(params string[] args) => Process.Start(new ProcessStartInfo(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        [Path.Combine(AppContext.BaseDirectory, "photostyle.dll"), .. args])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
