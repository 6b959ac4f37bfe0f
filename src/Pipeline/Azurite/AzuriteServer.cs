using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PhotoStyle.Pipeline.Azurite;

/// <summary>A storage emulator that this process started: blobs and queues on this machine, which nothing else can reach.</summary>
public sealed partial class AzuriteServer : IAsyncDisposable
{
    /// <summary>The ports that everybody knows, which <c>UseDevelopmentStorage=true</c> means.</summary>
    public const int DefaultBlobPort = 10000;

    /// <summary>How to reach one that listens there.</summary>
    public const string DevelopmentStorage = "UseDevelopmentStorage=true";

    private const int TerminationSignal = 15;

    /// <summary>
    /// Starts the emulator in a session of its own and says its process id: Ctrl-C in the terminal stops a program that still has things to save, and must not take
    /// its storage away before.
    /// </summary>
    private const string Launcher =
        "const [log, ...args] = process.argv.slice(1); const out = require('fs').openSync(log, 'a');" +
        "const child = require('child_process').spawn(process.execPath, args, { detached: true, windowsHide: true, stdio: ['ignore', out, out] });" +
        "console.log(child.pid); child.unref();";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly AzuriteInstallation _installation;
    private readonly string _folder;
    private readonly int[] _ports;
    private readonly string? _key;
    private readonly string[] _accounts;
    private int? _process;

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

    /// <summary>Stops it. Its data stays.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process) return;
        _process = null;
        // Asked nicely it writes down what it has in memory; killed it would forget the last seconds.
        if (OperatingSystem.IsWindows()) Kill(process);
        else _ = Signal(process, TerminationSignal);
        long began = Stopwatch.GetTimestamp();
        // It stops listening first and writes then.
        while (await ListensAsync(_ports[0], default).ConfigureAwait(false) || IsAlive(process))
        {
            if (Stopwatch.GetElapsedTime(began) > s_patience / 6) Kill(process);
            if (Stopwatch.GetElapsedTime(began) > s_patience / 4) return;
            await Task.Delay(TimeSpan.FromMilliseconds(50)).ConfigureAwait(false);
        }
    }

    /// <summary>Starts it again with the data, ports and account that it had.</summary>
    public async Task StartAgainAsync(CancellationToken cancellation = default)
    {
        string log = Path.Combine(_folder, "azurite.log");
        var start = new ProcessStartInfo(
            "node",
            [
                "-e", Launcher, "--", log, _installation.Script, "--silent", "--disableTelemetry", "--skipApiVersionCheck", "--location", _folder,
                "--blobPort", Text(_ports[0]), "--queuePort", Text(_ports[1]), "--tablePort", Text(_ports[2]),
                // A client that was idle for a while would else find its connection closed.
                "--blobKeepAliveTimeout", "300", "--queueKeepAliveTimeout", "300",
            ])
        { RedirectStandardOutput = true };
        if (_key is not null) start.Environment["AZURITE_ACCOUNTS"] = string.Join(';', _accounts.Select(account => $"{account}:{_key}"));
        using (Process launcher = Process.Start(start)!)
        {
            string started = await launcher.StandardOutput.ReadToEndAsync(cancellation).ConfigureAwait(false);
            await launcher.WaitForExitAsync(cancellation).ConfigureAwait(false);
            _process = int.TryParse(started, CultureInfo.InvariantCulture, out int id) ? id : null;
        }

        long began = Stopwatch.GetTimestamp();
        while (!(await ListensAsync(_ports[0], cancellation).ConfigureAwait(false) && await ListensAsync(_ports[1], cancellation).ConfigureAwait(false)))
        {
            if (_process is null || Stopwatch.GetElapsedTime(began) > s_patience)
            {
                await StopAsync().ConfigureAwait(false);
                throw new PhotoStyleException(
                    ErrorCode.PlatformUnsupported, $"The storage emulator Azurite does not start: see {log}, see whether another program uses port {_ports[0]}, or name a folder or a storage account with --storage.");
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private static bool IsAlive(int process)
    {
        try
        {
            using Process found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static void Kill(int process)
    {
        try
        {
            using Process found = Process.GetProcessById(process);
            found.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It has gone by itself.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);

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
