using System.Globalization;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Bench.Measurements;

/// <summary>A pair of photos with published results: <c>N/content.png</c>, <c>style.png</c>, <c>content-mask.png</c>, <c>style-mask.png</c> and <c>authors-final.png</c>.</summary>
/// <param name="Path">Its folder.</param>
internal sealed record PairFolder(string Path)
{
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>The pairs of a folder by their numbers.</summary>
    public static IEnumerable<PairFolder> All(string folder) =>
        Directory.GetDirectories(folder).OrderBy(d => int.Parse(System.IO.Path.GetFileName(d), CultureInfo.InvariantCulture)).Select(d => new PairFolder(d));

    public string File(string name) => System.IO.Path.Combine(Path, name + ".png");

    /// <summary>A photo with its mask.</summary>
    /// <param name="photo">The photo, not owned.</param>
    /// <param name="mask">The name of the mask.</param>
    public TransferInput Input(Photo photo, string mask) => new(photo, MaskReader.Read(File(mask), photo.Width, photo.Height, notice: null));
}
