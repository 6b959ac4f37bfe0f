using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace PhotoStyle.Pipeline.Azurite;

/// <summary>The storage emulator in the version that the project pins, installed by npm when it is first needed.</summary>
public sealed class AzuriteInstallation
{
    /// <summary>Names the folder with the pinned package where the program is not in its repository.</summary>
    public const string FolderVariable = "PHOTOSTYLE_AZURITE";

    private const int LeastNode = 20;
    private const string HowToDoWithout = "or name a folder or a storage account with --storage";

    private AzuriteInstallation(string folder) => Folder = folder;

    /// <summary>The folder with package.json.</summary>
    public string Folder { get; }

    /// <summary>What Node runs.</summary>
    public string Script => Path.Combine(Folder, "node_modules", "azurite", "dist", "src", "azurite.js");

    /// <summary>Whether npm has installed exactly what is pinned.</summary>
    private bool IsInstalled
    {
        get
        {
            string installed = Path.Combine(Folder, "node_modules", ".installed");
            return File.Exists(Script) && File.Exists(installed) && File.ReadAllText(installed) == File.ReadAllText(LockFile);
        }
    }

    private string LockFile => Path.Combine(Folder, "package-lock.json");

    /// <summary>Finds the package and installs it unless it is.</summary>
    /// <param name="tell">Told, in a sentence, that it is being installed.</param>
    /// <param name="cancellation">Stops npm.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.PlatformUnsupported"/>: Node.js is missing or too old, or npm failed.</exception>
    public static async Task<AzuriteInstallation> EnsureAsync(Action<string>? tell = null, CancellationToken cancellation = default)
    {
        var installation = new AzuriteInstallation(FindFolder());
        await RequireNodeAsync(cancellation).ConfigureAwait(false);
        if (installation.IsInstalled) return installation;
        // Several programs may come here at once.
        await using FileStream _ = await LockAsync(Path.Combine(installation.Folder, ".install.lock"), cancellation).ConfigureAwait(false);
        if (installation.IsInstalled) return installation;
        tell?.Invoke("Installing the storage emulator Azurite (once, takes a minute).");
        string npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        (int code, string output) = await RunAsync(npm, ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], installation.Folder, cancellation).ConfigureAwait(false);
        if (code != 0)
        {
            throw new PhotoStyleException(
                ErrorCode.PlatformUnsupported, $"npm could not install Azurite ({LastLine(output)}): see whether 'npm ci' works in {installation.Folder}, {HowToDoWithout}.");
        }
        File.Copy(installation.LockFile, Path.Combine(installation.Folder, "node_modules", ".installed"), overwrite: true);
        return installation;
    }

    /// <summary>Whether Node.js can be started, new enough or not.</summary>
    public static bool IsNodePresent()
    {
        try
        {
            return RunAsync("node", ["--version"], null, default).GetAwaiter().GetResult().Code == 0;
        }
        catch (PhotoStyleException)
        {
            return false;
        }
    }

    private static string FindFolder()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named) return named;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "tools", "azurite");
            if (File.Exists(Path.Combine(candidate, "package-lock.json"))) return candidate;
        }
        throw new PhotoStyleException(
            ErrorCode.PlatformUnsupported, $"The folder tools/azurite of the project was not found above {AppContext.BaseDirectory}: name it in {FolderVariable}, {HowToDoWithout}.");
    }

    private static async Task RequireNodeAsync(CancellationToken cancellation)
    {
        (int code, string output) = await RunAsync("node", ["--version"], null, cancellation).ConfigureAwait(false);
        string version = output.Trim().TrimStart('v');
        if (code == 0 && int.TryParse(version.Split('.')[0], CultureInfo.InvariantCulture, out int major) && major >= LeastNode) return;
        throw new PhotoStyleException(ErrorCode.PlatformUnsupported, $"Azurite needs Node.js {LeastNode} or newer where {version} is installed: update it from https://nodejs.org, {HowToDoWithout}.");
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (Directory.Exists(Path.GetDirectoryName(path)))
            {
                await Task.Delay(TimeSpan.FromSeconds(0.5), cancellation).ConfigureAwait(false);
            }
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, string[] arguments, string? folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder ?? "" };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new PhotoStyleException(
                ErrorCode.PlatformUnsupported, $"The storage emulator Azurite needs Node.js {LeastNode} or newer, and {program} was not found: install it from https://nodejs.org, {HowToDoWithout}.", e);
        }
        using (process)
        {
            try
            {
                process.StandardInput.Close();
                Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation), error = process.StandardError.ReadToEndAsync(cancellation);
                await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
                return (process.ExitCode, await output.ConfigureAwait(false) + await error.ConfigureAwait(false));
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
    }

    private static string LastLine(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "it says nothing";
}
