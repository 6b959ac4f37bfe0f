using System.Text.Json;
using PhotoStyle.Models;

namespace PhotoStyle.Cli.Tests.Commands;

/// <summary>In a folder of models of its own: the setting is one for the process, so these tests run alone.</summary>
[Collection(nameof(EnvironmentVariables))]
public sealed class ModelsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string? _before = Environment.GetEnvironmentVariable(ModelFolder.Variable);

    public ModelsCommandTests() => Environment.SetEnvironmentVariable(ModelFolder.Variable, _folder["."]);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(ModelFolder.Variable, _before);
        _folder.Dispose();
    }

    [Fact]
    public async Task The_list_tells_licence_hash_and_source_of_each_model()
    {
        Outcome outcome = (await Outcome.OfAsync("models", "list")).Succeeded();

        foreach (KnownModel model in ModelManifest.Models)
        {
            foreach (string word in (string[])[model.Name, model.File, model.Licence, model.Sha256, model.Origin, .. model.Download is { } address ? [address.ToString()] : (string[])[]])
                Assert.Contains(word, outcome.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_list_is_there_for_programs_too()
    {
        Outcome outcome = (await Outcome.OfAsync("models", "list", "--json")).Succeeded();

        JsonElement result = Assert.Single(outcome.Events);
        Assert.Equal("models list", result.GetProperty("command").GetString());
        Assert.Equal(ModelManifest.Models.Select(model => model.Name), result.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString()!));
        Assert.Equal("missing", result.GetProperty("models")[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task The_path_is_where_a_model_is_to_be_put()
    {
        KnownModel model = ModelManifest.Models[0];

        Assert.Equal(_folder["."], (await Outcome.OfAsync("models", "path")).Succeeded().Output.TrimEnd());
        Assert.Equal(ModelFolder.PathOf(model), (await Outcome.OfAsync("models", "path", model.Name)).Succeeded().Output.TrimEnd());
    }

    [Fact]
    public async Task A_damaged_model_is_found_out_and_a_missing_one_is_told_how_to_get()
    {
        KnownModel model = ModelManifest.Get("vgg19-pca");
        (await Outcome.OfAsync("models", "verify")).Succeeded();

        Outcome missing = await Outcome.OfAsync("models", "verify", model.Name);
        Assert.Equal(PhotoStyle.Cli.ExitCode.UserError, missing.ExitCode);
        Assert.Contains("file-missing", missing.Error, StringComparison.Ordinal);

        File.WriteAllBytes(_folder[model.File], [1, 2, 3]);
        Outcome damaged = await Outcome.OfAsync("models", "verify");
        Assert.Equal(PhotoStyle.Cli.ExitCode.UserError, damaged.ExitCode);
        Assert.Contains("weights-invalid", damaged.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("option-invalid", "models", "pull", "vgg18")]
    [InlineData("option-invalid", "models", "pull")]
    [InlineData("option-invalid", "models", "lost")]
    [InlineData("download-failed", "models", "pull", "vgg19-pca")]
    public async Task What_can_not_be_is_told_in_one_sentence(string code, params string[] args)
    {
        Outcome outcome = await Outcome.OfAsync(args);

        Assert.Equal(PhotoStyle.Cli.ExitCode.UserError, outcome.ExitCode);
        Assert.Contains(code, outcome.Error, StringComparison.Ordinal);
    }
}
