using PhotoStyle.Pipeline.Azurite;
using PhotoStyle.Pipeline.Drops;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Bench.Measurements;

/// <summary>An empty storage that goes when the measurement ends.</summary>
internal sealed class BenchStorage : IAsyncDisposable
{
    private readonly AzuriteServer? _server;
    private readonly string _folder;

    private BenchStorage(PipelineStorage storage, AzuriteServer? server, string folder) => (Storage, _server, _folder) = (storage, server, folder);

    public PipelineStorage Storage { get; }

    public static async Task<BenchStorage> CreateAsync(bool onAzurite)
    {
        string folder = Directory.CreateTempSubdirectory("photostyle-bench-").FullName;
        AzuriteServer? server = onAzurite ? await AzuriteServer.StartPrivateAsync(await AzuriteInstallation.EnsureAsync(Console.Error.WriteLine), folder) : null;
        PipelineStorage storage = server is null ? PipelineStorage.InFolder(folder) : PipelineStorage.InAccount(server.ConnectionString);
        await storage.CreateAsync();
        return new BenchStorage(storage, server, folder);
    }

    public async Task AddStyleAsync(byte[] style, JobOptions options)
    {
        await Storage.Styles.WriteJsonAsync("style.json", new JobFile { Options = options });
        await Storage.Styles.WriteAsync("style.jpg", new MemoryStream(style));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
