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

    private static Process Start(params string[] args) => Process.Start(new ProcessStartInfo(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        [Path.Combine(AppContext.BaseDirectory, "photostyle.dll"), .. args])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
