using PhotoStyle.Pipeline.Azurite;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Cli.Commands;

/// <summary>The storage that a command works on, and the emulator if the command had to start it.</summary>
internal sealed class OpenStorage : IAsyncDisposable
{
    /// <summary>The environment variable that says where the storage is.</summary>
    public const string Variable = "PHOTOSTYLE_STORAGE";

    private readonly AzuriteServer? _server;

    private OpenStorage(PipelineStorage storage, string description, AzuriteServer? server) => (Storage, Description, _server) = (storage, description, server);

    public PipelineStorage Storage { get; }

    /// <summary>Where it is, in words.</summary>
    public string Description { get; }

    /// <summary>Whether it is a storage account, and not on this machine.</summary>
    public bool IsRemote { get; private init; }

    /// <summary>Whether it is a folder, where files are seen while they are copied.</summary>
    public bool IsFolder { get; private init; }

    /// <summary>Opens a storage.</summary>
    /// <param name="where">A folder, a connection string or an https address; null for what the environment says, or else Azurite.</param>
    /// <param name="mayStart">Whether Azurite is started if it does not run.</param>
    /// <param name="tell">Told what takes time.</param>
    /// <param name="cancellation">Stops waiting for Azurite.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>, <see cref="ErrorCode.StorageUnavailable"/> or, where Azurite can not be started, <see cref="ErrorCode.PlatformUnsupported"/>.</exception>
    public static async Task<OpenStorage> OpenAsync(string? where, bool mayStart, Action<string> tell, CancellationToken cancellation)
    {
        where = where is { Length: > 0 } ? where : Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : AzuriteServer.DevelopmentStorage;
        if (!IsAccount(where)) return new OpenStorage(PipelineStorage.InFolder(where), $"the folder {Path.GetFullPath(where)}", null) { IsFolder = true };
        if (!where.Contains(AzuriteServer.DevelopmentStorage, StringComparison.OrdinalIgnoreCase))
        {
            PipelineStorage account = PipelineStorage.InAccount(where);
            return new OpenStorage(account, account.Description, null) { IsRemote = true };
        }

        AzuriteServer? server = null;
        if (!await AzuriteServer.IsRunningAsync(cancellation))
        {
            if (!mayStart)
                throw new PhotoStyleException(ErrorCode.StorageUnavailable, "The storage emulator Azurite does not run: start 'photostyle watch' first, or say with --storage where the storage is.");
            string folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "photostyle", "azurite");
            server = await AzuriteServer.StartDefaultAsync(await AzuriteInstallation.EnsureAsync(tell, cancellation), folder, cancellation);
            tell($"Started Azurite; it keeps its data in {folder}.");
        }
        return new OpenStorage(PipelineStorage.InAccount(where), "Azurite on this machine", server);
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static bool IsAccount(string where) =>
        where.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || (where.Contains('=', StringComparison.Ordinal) && !Directory.Exists(where));
}
