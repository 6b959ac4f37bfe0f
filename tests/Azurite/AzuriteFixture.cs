using PhotoStyle.Pipeline.Azurite;

namespace PhotoStyle.Testing;

/// <summary>
/// One storage emulator for all tests of an assembly, started when a test first needs it: <c>[assembly: AssemblyFixture(typeof(AzuriteFixture))]</c>, and a constructor
/// parameter in the class of the test. Each test takes an account of its own, so that none sees the blobs and queues of another.
/// </summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    private const int Accounts = 200;

    private readonly Lazy<Task<AzuriteServer>> _server;
    private string? _folder;
    private int _taken = -1;

    public AzuriteFixture() => _server = new Lazy<Task<AzuriteServer>>(async () =>
    {
        _folder = Directory.CreateTempSubdirectory("photostyle-azurite-").FullName;
        return await AzuriteServer.StartPrivateAsync(await AzuriteInstallation.EnsureAsync(Console.Error.WriteLine), _folder, Accounts);
    });

    /// <summary>The connection string of an account that nobody else uses; skips the test where Node.js is absent.</summary>
    public async Task<string> NewAccountAsync()
    {
        SkipWithoutNode();
        AzuriteServer server = await _server.Value;
        return server.ConnectionStrings[Interlocked.Increment(ref _taken)];
    }

    /// <summary>An emulator for one test alone, which may stop it and start it again; skips the test where Node.js is absent.</summary>
    /// <param name="folder">Where it keeps its data.</param>
    public static async Task<AzuriteServer> StartOwnAsync(string folder)
    {
        SkipWithoutNode();
        return await AzuriteServer.StartPrivateAsync(await AzuriteInstallation.EnsureAsync(Console.Error.WriteLine), folder);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_server.IsValueCreated) return;
        try
        {
            await (await _server.Value).DisposeAsync();
        }
        finally
        {
            if (_folder is not null) Directory.Delete(_folder, recursive: true);
        }
    }

    private static void SkipWithoutNode() => Assert.SkipUnless(AzuriteInstallation.IsNodePresent(), "Node.js is not installed: the storage emulator Azurite needs it.");
}
