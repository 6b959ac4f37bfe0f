using System.Text.Json;
using PhotoStyle.Cli.Output;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Cli.Commands;

/// <summary>The files that are written of one photo's classes.</summary>
internal sealed class SegmentTarget(string folder, string photoPath)
{
    private const int OverlaySide = 1024;

    private static readonly JsonSerializerOptions Json = new(JsonReporter.Options) { WriteIndented = true };

    private readonly string _stem = Path.Combine(folder, Path.GetFileNameWithoutExtension(photoPath));

    private string Mask => _stem + "-mask.png";

    private string Index => _stem + "-index.png";

    private string Overlay => _stem + "-overlay.jpg";

    private string Legend => _stem + "-legend.json";

    public void AddTo(OutputFiles files)
    {
        foreach (string path in new[] { Mask, Index, Overlay, Legend }) files.Add("--output", path);
    }

    public void Write(LabelMap labels, Photo photo, Legend legend, Run run)
    {
        run.Write(Mask, path => MaskWriter.WriteColours(labels, path));
        run.Write(Index, path => MaskWriter.WriteIndex(labels, path));
        using Photo overlay = MaskWriter.Overlay(labels, photo, OverlaySide);
        run.Write(Overlay, path => PhotoWriter.Write(overlay, path));
        run.Write(Legend, path => TextFile.Write(path, JsonSerializer.Serialize(legend, Json) + "\n"));
    }
}
