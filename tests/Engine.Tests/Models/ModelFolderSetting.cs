using PhotoStyle.Models;

namespace PhotoStyle.Engine.Tests.Models;

/// <summary>Lets the setting name a folder for as long as a test runs.</summary>
internal sealed class ModelFolderSetting : IDisposable
{
    private readonly string? _before = Environment.GetEnvironmentVariable(ModelFolder.Variable);

    public ModelFolderSetting(string folder) => Environment.SetEnvironmentVariable(ModelFolder.Variable, folder);

    public void Dispose() => Environment.SetEnvironmentVariable(ModelFolder.Variable, _before);
}
