using PhotoStyle.Imaging;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>The graded photo among the results.</summary>
public static class OutputFile
{
    /// <summary>Its name, with the ending of its format.</summary>
    /// <param name="options">May ask for a format.</param>
    /// <param name="content">The name of the content.</param>
    public static string NameOf(JobOptions options, string content) => FormatOf(options, content) switch
    {
        PhotoFormat.Png => "output.png",
        PhotoFormat.WebP => "output.webp",
        PhotoFormat.Tiff => "output.tif",
        PhotoFormat.Avif => "output.avif",
        _ => "output.jpg",
    };

    /// <summary>The format that was asked for, or that of the content; JPEG where that can not be written.</summary>
    internal static PhotoFormat FormatOf(JobOptions options, string content) => (options.Format ?? Path.GetExtension(content)).TrimStart('.').ToLowerInvariant() switch
    {
        "png" => PhotoFormat.Png,
        "webp" => PhotoFormat.WebP,
        "tif" or "tiff" => PhotoFormat.Tiff,
        "avif" => PhotoFormat.Avif,
        _ => PhotoFormat.Jpeg,
    };
}
