using System.Text;
using PhotoStyle.Pipeline.Storage;
using PhotoStyle.Testing;

namespace PhotoStyle.Pipeline.Tests;

/// <summary>An empty storage for one test.</summary>
internal sealed class TestStorage : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private TestStorage(StorageKind kind, string? account)
    {
        Location = account ?? _folder.Path;
        Kind = kind;
        Storage = Open();
    }

    public StorageKind Kind { get; }

    /// <summary>A connection string or a folder.</summary>
    public string Location { get; }

    public PipelineStorage Storage { get; }

    public static async Task<TestStorage> CreateAsync(StorageKind kind, AzuriteFixture azurite)
    {
        var storage = new TestStorage(kind, kind == StorageKind.Azurite ? await azurite.NewAccountAsync() : null);
        await storage.Storage.CreateAsync();
        return storage;
    }

    /// <summary>The same storage as another process sees it.</summary>
    public PipelineStorage Open() => Kind == StorageKind.Azurite ? PipelineStorage.InAccount(Location) : PipelineStorage.InFolder(Location);

    public Task DropAsync(string name, byte[] bytes) => Storage.Uploads.WriteAsync(name, new MemoryStream(bytes));

    public Task DropAsync(string name, string text) => DropAsync(name, Encoding.UTF8.GetBytes(text));

    public Task AddStyleAsync(string name, byte[] bytes) => Storage.Styles.WriteAsync(name, new MemoryStream(bytes));

    public static async Task<IReadOnlyList<string>> NamesAsync(IBlobContainer container)
    {
        var names = new List<string>();
        await foreach (BlobEntry entry in container.ListAsync(cancellation: TestContext.Current.CancellationToken)) names.Add(entry.Name);
        return names;
    }

    public void Dispose() => _folder.Dispose();
}
