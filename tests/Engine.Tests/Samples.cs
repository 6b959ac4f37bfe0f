namespace PhotoStyle.Engine.Tests;

/// <summary>The sample photos of the repository.</summary>
internal static class Samples
{
    public static string Path(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = System.IO.Path.Combine(folder.FullName, "samples", name);
            if (File.Exists(path)) return path;
        }

        throw new FileNotFoundException($"{name} is not in the folder samples of the repository.");
    }
}
