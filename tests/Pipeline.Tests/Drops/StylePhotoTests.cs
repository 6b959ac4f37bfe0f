using PhotoStyle.Pipeline.Drops;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Tests.Drops;

public sealed class StylePhotoTests
{
    [Fact]
    public async Task Photos_of_styles_are_listed_without_their_options_and_without_what_nobody_can_name()
    {
        using var folder = new TemporaryFolder();
        IBlobContainer styles = PipelineStorage.InFolder(folder.Path).Styles;
        foreach (string name in new[] { "dusk.jpg", "dusk.json", "dawn.v2.png", "noon.JSON", "plain", "old/night.jpg", "bad<name>.jpg" })
            await styles.WriteAsync(name, new MemoryStream([1, 2, 3]), TestContext.Current.CancellationToken);

        IReadOnlyList<StylePhoto> photos = await StylePhoto.ListAsync(styles, TestContext.Current.CancellationToken);

        Assert.Equal([("dawn.v2", "dawn.v2.png"), ("dusk", "dusk.jpg")], photos.Select(photo => (photo.Style, photo.Blob.Name)));
        Assert.All(photos, photo => Assert.Equal(3, photo.Blob.Length));
    }
}
