using System.Text;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Testing;

namespace PhotoStyle.Pipeline.Tests.Storage;

public sealed class BlobContainerTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StorageKind.Folder)]
    [InlineData(StorageKind.Azurite)]
    public async Task What_is_written_is_found_listed_read_and_deleted(StorageKind kind)
    {
        using TestStorage test = await TestStorage.CreateAsync(kind, azurite);
        IBlobContainer container = test.Storage.Results;
        foreach (string name in new[] { "b/2", "a", "b/10", "b/c/d", "ü/日本 (1).jpg", "b#?%&+ x" }) await container.WriteAsync(name, Bytes(name), Cancellation);

        Assert.Equal(["a", "b#?%&+ x", "b/10", "b/2", "b/c/d", "ü/日本 (1).jpg"], await TestStorage.NamesAsync(container));
        BlobEntry entry = (await container.FindAsync("ü/日本 (1).jpg", Cancellation))!;
        Assert.Equal(("ü/日本 (1).jpg", (long)Encoding.UTF8.GetByteCount("ü/日本 (1).jpg")), (entry.Name, entry.Length));
        Assert.Equal("b/10", Encoding.UTF8.GetString((await container.ReadAsync("b/10", Cancellation))!));
        var listed = new List<BlobEntry>();
        await foreach (BlobEntry item in container.ListAsync("b/", Cancellation)) listed.Add(item);
        Assert.Equal(["b/10", "b/2", "b/c/d"], listed.Select(item => item.Name));
        Assert.Equal((await container.FindAsync("b/2", Cancellation))!, listed[1]);

        await container.DeleteAsync("b/2", Cancellation);
        await container.DeleteAsync("b/2", Cancellation);
        Assert.Null(await container.FindAsync("b/2", Cancellation));
        Assert.Null(await container.ReadAsync("b/2", Cancellation));
        Assert.Null(await container.OpenAsync("none/at/all", cancellation: Cancellation));
    }

    [Theory]
    [InlineData(StorageKind.Folder)]
    [InlineData(StorageKind.Azurite)]
    public async Task Of_twenty_that_create_the_same_blob_one_succeeds_and_its_bytes_stay(StorageKind kind)
    {
        using TestStorage test = await TestStorage.CreateAsync(kind, azurite);
        IBlobContainer container = test.Storage.Artifacts;

        bool[] created = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => container.TryCreateAsync("x/y", Bytes($"{i}"), Cancellation))));

        Assert.Single(created, done => done);
        Assert.Equal($"{Array.IndexOf(created, true)}", Encoding.UTF8.GetString((await container.ReadAsync("x/y", Cancellation))!));
        Assert.Equal(["x/y"], await TestStorage.NamesAsync(container));
    }

    [Theory]
    [InlineData(StorageKind.Folder)]
    [InlineData(StorageKind.Azurite)]
    public async Task A_blob_that_was_replaced_has_another_tag_and_its_old_version_is_not_read(StorageKind kind)
    {
        using TestStorage test = await TestStorage.CreateAsync(kind, azurite);
        IBlobContainer container = test.Storage.Uploads;
        await container.WriteAsync("a", Bytes("first"), Cancellation);
        BlobEntry first = (await container.FindAsync("a", Cancellation))!;
        await using (Stream? stream = await container.OpenAsync("a", first.ETag, Cancellation)) Assert.NotNull(stream);

        await container.WriteAsync("a", Bytes("other"), Cancellation);

        Assert.NotEqual(first.ETag, (await container.FindAsync("a", Cancellation))!.ETag);
        Assert.Null(await container.OpenAsync("a", first.ETag, Cancellation));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("/etc/passwd")]
    public async Task No_name_leads_out_of_a_folder(string name)
    {
        using TestStorage test = await TestStorage.CreateAsync(StorageKind.Folder, azurite);

        Assert.Equal(ErrorCode.NameInvalid, (await Assert.ThrowsAsync<PhotoStyleException>(() => test.Storage.Uploads.WriteAsync(name, Bytes("x"), Cancellation))).Code);
        Assert.Equal(ErrorCode.NameInvalid, (await Assert.ThrowsAsync<PhotoStyleException>(() => test.Storage.Uploads.OpenAsync(name, cancellation: Cancellation))).Code);
    }

    [Theory]
    [InlineData("a.jpg", true)]
    [InlineData("sunset/holiday (1).jpg", true)]
    [InlineData("ü/日本.jpg", true)]
    [InlineData("", false)]
    [InlineData("a//b", false)]
    [InlineData("/a", false)]
    [InlineData("a/", false)]
    [InlineData(".", false)]
    [InlineData("a/../b", false)]
    [InlineData("..", false)]
    [InlineData("a\\b", false)]
    [InlineData("C:/a", false)]
    [InlineData("a\nb", false)]
    [InlineData("a /b", false)]
    [InlineData("a.", false)]
    [InlineData(".hidden", false)]
    [InlineData("u\u0308.jpg", true)]
    public void Names_that_are_no_names_everywhere_are_refused(string name, bool valid)
    {
        Assert.Equal(valid, BlobName.IsValid(name));
        if (!valid) Assert.Equal(ErrorCode.NameInvalid, Assert.Throws<PhotoStyleException>(() => BlobName.Require(name)).Code);
    }

    [Fact]
    public void Names_that_are_too_long_are_refused()
    {
        Assert.True(BlobName.IsValid(new string('a', 255)));
        Assert.False(BlobName.IsValid(new string('a', 256)));
        Assert.False(BlobName.IsValid(new string('ü', 128)));
        Assert.False(BlobName.IsValid(string.Join('/', Enumerable.Repeat("aaaa", 101))));
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}
