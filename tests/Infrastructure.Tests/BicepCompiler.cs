using System.Diagnostics;
using System.Reflection;

namespace PhotoStyle.Infrastructure.Tests;

/// <summary>The real compiler, from its package.</summary>
internal static class BicepCompiler
{
    /// <summary>Runs it in the folder <c>infra</c>.</summary>
    /// <returns>What it wrote, and what it had to say of it.</returns>
    public static (string Output, string Messages) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(FindProgram(), arguments)
        {
            WorkingDirectory = Repository.PathOf("infra"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PHOTOSTYLE_DATA_ACCOUNT"] = "account",
                ["PHOTOSTYLE_FUNCTIONS_APP"] = "app",
                ["PHOTOSTYLE_BLOBS_EXTENSION_KEY"] = "not-a-key",
            },
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), messages = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return (output.Result, messages.Result);
    }

    private static string FindProgram()
    {
        string path = typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "BicepCompiler").Value!;
        if (OperatingSystem.IsWindows()) return path + ".exe";
        // Packages carry no rights.
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        return path;
    }
}
