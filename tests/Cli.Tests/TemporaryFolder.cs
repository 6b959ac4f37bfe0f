namespace PhotoStyle.Cli.Tests;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("photostyle-test-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>The names of all files in it, hidden ones too.</summary>
    public string[] Names => [.. Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
