using NetVips;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Functions.Tests;

/// <summary>A storage in a folder of its own, gone after the test.</summary>
internal sealed class TestStorage : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("photostyle-functions-").FullName;

    public TestStorage() => Storage = PipelineStorage.InFolder(_folder);

    public PipelineStorage Storage { get; }

    /// <summary>A small photo.</summary>
    public static byte[] Photo(string format = ".jpg", int width = 80, int height = 60)
    {
        using Image grey = Image.Black(width, height, bands: 3) + 100;
        using Image photo = grey.Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        return photo.WriteToBuffer(format);
    }

    public static async Task<BlobEntry> PutAsync(IBlobContainer container, string name, byte[] bytes)
    {
        await container.WriteAsync(name, new MemoryStream(bytes));
        return (await container.FindAsync(name))!;
    }

    public static async Task<string?> TextAsync(IBlobContainer container, string name) =>
        await container.ReadAsync(name) is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes) : null;

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
