namespace PhotoStyle.Cli.Tests;

public sealed class HelpTests
{
    [Fact]
    public async Task Without_arguments_there_is_help()
    {
        Outcome bare = (await Outcome.OfAsync()).Succeeded();

        Assert.Equal((await Outcome.OfAsync("--help")).Succeeded(), bare);
        foreach (string command in (string[])["transfer", "apply", "segment", "score", "matte", "laplacian", "watch", "submit", "status", "fetch", "cancel", "batch"])
            Assert.Contains($"photostyle {command}", bare.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("transfer", "[default: remap]")]
    [InlineData("transfer", "[default: 384]")]
    [InlineData("apply", "[default: 1]")]
    [InlineData("segment", "[default: cluster]")]
    [InlineData("score", "[default: embedded]")]
    [InlineData("watch", "[default: 4]")]
    [InlineData("submit", "[default: fast]")]
    [InlineData("batch", "[default: 95]")]
    public async Task Each_command_teaches_its_defaults_and_examples(string command, string words)
    {
        Outcome outcome = (await Outcome.OfAsync(command, "--help")).Succeeded();

        // Lines are broken where they are full.
        Assert.Contains(words, string.Join(' ', outcome.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("Examples:", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(outcome, await Outcome.OfAsync(command, "-h"));
        Assert.Empty(outcome.Error);
    }

    [Fact]
    public async Task The_examples_can_be_parsed()
    {
        foreach (string command in (string[])["transfer", "apply", "segment", "score", "matte", "laplacian"])
        {
            string help = (await Outcome.OfAsync(command, "--help")).Output;
            string[] examples = [.. help[help.IndexOf("Examples:", StringComparison.Ordinal)..].Split('\n').Where(line => line.Contains("photostyle", StringComparison.Ordinal))];
            Assert.InRange(examples.Length, 2, 3);
            foreach (string example in examples)
            {
                // It gets as far as to look for the files.
                Outcome outcome = await Outcome.OfAsync(example.Trim().Split(' ')[1..]);
                Assert.Contains("file-missing", outcome.Output + outcome.Error, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task The_version_is_a_number()
    {
        Outcome outcome = (await Outcome.OfAsync("--version")).Succeeded();

        Assert.Matches(@"^\d+\.\d+\.\d+\s*$", outcome.Output);
    }
}
