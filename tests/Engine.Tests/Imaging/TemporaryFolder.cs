namespace PhotoStyle.Engine.Tests.Imaging;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("photostyle-test-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    public string WithBytes(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
