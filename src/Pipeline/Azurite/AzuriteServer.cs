using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace PhotoStyle.Pipeline.Azurite;

/// <summary>A storage emulator that this process started: blobs and queues on this machine, which nothing else can reach.</summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    /// <summary>The ports that everybody knows, which <c>UseDevelopmentStorage=true</c> means.</summary>
    public const int DefaultBlobPort = 10000;

    /// <summary>How to reach one that listens there.</summary>
    public const string DevelopmentStorage = "UseDevelopmentStorage=true";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly AzuriteInstallation _installation;
    private readonly string _folder;
    private readonly int[] _ports;
    private readonly string? _key;
    private readonly string[] _accounts;
    private Process? _process;

    private AzuriteServer(AzuriteInstallation installation, string folder, int[] ports, string? key, int accounts)
    {
        (_installation, _folder, _ports, _key) = (installation, folder, ports, key);
        _accounts = [.. Enumerable.Range(1, accounts).Select(number => string.Create(CultureInfo.InvariantCulture, $"photostyle{number}"))];
        ConnectionStrings = key is null ? [DevelopmentStorage] : [.. _accounts.Select(ConnectionStringOf)];
    }

    /// <summary>How to reach its accounts, which know nothing of each other.</summary>
    public IReadOnlyList<string> ConnectionStrings { get; }

    /// <summary>How to reach its first account.</summary>
    public string ConnectionString => ConnectionStrings[0];

    /// <summary>Whether something listens where the emulator would by default.</summary>
    public static Task<bool> IsRunningAsync(CancellationToken cancellation = default) => ListensAsync(DefaultBlobPort, cancellation);

    /// <summary>Starts one where everybody expects it, with the account that everybody knows.</summary>
    /// <param name="installation">The program.</param>
    /// <param name="folder">Where it keeps what it is given.</param>
    /// <param name="cancellation">Stops waiting for it.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.PlatformUnsupported"/>: it does not start.</exception>
    public static Task<AzuriteServer> StartDefaultAsync(AzuriteInstallation installation, string folder, CancellationToken cancellation = default) =>
        StartAsync(new AzuriteServer(installation, folder, [DefaultBlobPort, DefaultBlobPort + 1, DefaultBlobPort + 2], key: null, accounts: 0), cancellation);

    /// <summary>Starts one on free ports with accounts whose key nobody else knows.</summary>
    /// <param name="installation">The program.</param>
    /// <param name="folder">Where it keeps what it is given.</param>
    /// <param name="accounts">How many accounts.</param>
    /// <param name="cancellation">Stops waiting for it.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.PlatformUnsupported"/>: it does not start.</exception>
    public static Task<AzuriteServer> StartPrivateAsync(AzuriteInstallation installation, string folder, int accounts = 1, CancellationToken cancellation = default) =>
        StartAsync(new AzuriteServer(installation, folder, FreePorts(3), Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)), accounts), cancellation);

    /// <summary>Stops it at once, as a power cut would, keeping its data.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process) return;
        _process = null;
        using (process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Starts it again with the data, ports and account that it had.</summary>
    public async Task StartAgainAsync(CancellationToken cancellation = default)
    {
        var start = new ProcessStartInfo(
            "node",
            [
                _installation.Script, "--silent", "--disableTelemetry", "--skipApiVersionCheck", "--location", _folder,
                "--blobPort", Text(_ports[0]), "--queuePort", Text(_ports[1]), "--tablePort", Text(_ports[2]),
                // A client that was idle for a while would else find its connection closed.
                "--blobKeepAliveTimeout", "300", "--queueKeepAliveTimeout", "300",
            ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        if (_key is not null) start.Environment["AZURITE_ACCOUNTS"] = string.Join(';', _accounts.Select(account => $"{account}:{_key}"));
        Process process = Process.Start(start)!;
        _process = process;
        string last = "";
        void Remember(object _, DataReceivedEventArgs line) => last = line.Data is { Length: > 0 } text ? text : last;
        process.OutputDataReceived += Remember;
        process.ErrorDataReceived += Remember;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        long began = Stopwatch.GetTimestamp();
        while (!(await ListensAsync(_ports[0], cancellation).ConfigureAwait(false) && await ListensAsync(_ports[1], cancellation).ConfigureAwait(false)))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(began) > s_patience)
            {
                await StopAsync().ConfigureAwait(false);
                throw new PhotoStyleException(
                    ErrorCode.PlatformUnsupported, $"The storage emulator Azurite does not start ({last}): see whether another program uses port {_ports[0]}, or name a folder or a storage account with --storage.");
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private static async Task<AzuriteServer> StartAsync(AzuriteServer server, CancellationToken cancellation)
    {
        Directory.CreateDirectory(server._folder);
        try
        {
            await server.StartAgainAsync(cancellation).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<bool> ListensAsync(int port, CancellationToken cancellation)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellation).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners) listener.Start();
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners) listener.Dispose();
        return ports;
    }

    private string ConnectionStringOf(string account)
    {
        string Endpoint(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/{account}");
        return $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={_key};BlobEndpoint={Endpoint(_ports[0])};QueueEndpoint={Endpoint(_ports[1])};TableEndpoint={Endpoint(_ports[2])};";
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
