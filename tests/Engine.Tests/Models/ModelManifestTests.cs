using PhotoStyle.Engine.Tests.Imaging;
using PhotoStyle.Models;

namespace PhotoStyle.Engine.Tests.Models;

[Collection(nameof(EnvironmentVariables))]
public sealed class ModelManifestTests
{
    [Fact]
    public void Names_and_files_are_plain_and_their_own()
    {
        Assert.Equal(ModelManifest.Models.Count, ModelManifest.Models.Select(model => model.Name).Distinct().Count());
        Assert.Equal(ModelManifest.Models.Count, ModelManifest.Models.Select(model => model.File).Distinct().Count());
        Assert.All(ModelManifest.Models, model =>
        {
            Assert.Matches("^[a-z0-9-]+$", model.Name);
            Assert.Equal(Path.GetFileName(model.File), model.File);
            Assert.Matches("^([0-9a-f]{8}|[0-9a-f]{64})$", model.Sha256);
            Assert.NotEmpty(model.Licence);
            Assert.NotEmpty(model.Origin);
            if (model.Download is { } address) Assert.Equal((Uri.UriSchemeHttps, model.File), (address.Scheme, Path.GetFileName(address.LocalPath)));
        });
    }

    [Fact]
    public void The_names_of_PyTorchs_files_end_with_the_beginning_of_their_hash() =>
        Assert.All(ModelManifest.Models.Where(model => model.File.EndsWith(".pth", StringComparison.Ordinal)), model => Assert.Contains("-" + model.Sha256[..8] + ".", model.File, StringComparison.Ordinal));

    [Fact]
    public async Task The_files_at_hand_are_those_of_the_manifest()
    {
        using var setting = new ModelFolderSetting(Path.GetDirectoryName(ReferenceData.Require("weights/vgg19_pca_distilled_relu4_1.safetensors"))!);
        KnownModel[] here = [.. ModelManifest.Models.Where(model => ModelFile.Look(model) != ModelState.Missing)];

        Assert.NotEmpty(here);
        foreach (KnownModel model in here) Assert.Equal(ModelState.Intact, await ModelFile.VerifyAsync(model, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_is_not_what_it_should_be_is_found_out()
    {
        using var files = new TemporaryFolder();
        using var setting = new ModelFolderSetting(files["."]);
        KnownModel model = ModelManifest.Get("vgg19-pca");
        Assert.Equal(ModelState.Missing, ModelFile.Look(model));

        File.WriteAllBytes(files[model.File], new byte[model.Bytes!.Value]);
        Assert.Equal(ModelState.Present, ModelFile.Look(model));
        Assert.Equal(ModelState.Damaged, await ModelFile.VerifyAsync(model, TestContext.Current.CancellationToken));

        File.WriteAllBytes(files[model.File], [1, 2, 3]);
        Assert.Equal(ModelState.Damaged, ModelFile.Look(model));
    }

    [Fact]
    public void The_folder_of_the_setting_comes_first_and_the_users_own_second()
    {
        using var files = new TemporaryFolder();
        using var setting = new ModelFolderSetting(files["."]);

        Assert.Equal([files["."], ModelFolder.OfUser], ModelFolder.All);
        Assert.StartsWith(files["."], ModelFolder.PathOf(ModelManifest.Models[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_model_is_told_with_the_known_ones()
    {
        PhotoStyleException error = Assert.Throws<PhotoStyleException>(() => ModelManifest.Get("vgg18"));

        Assert.Equal(ErrorCode.OptionInvalid, error.Code);
        Assert.All(ModelManifest.Models, model => Assert.Contains(model.Name, error.Message, StringComparison.Ordinal));
    }
}
