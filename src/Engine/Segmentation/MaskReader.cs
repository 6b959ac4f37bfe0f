using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation;

/// <summary>Reads the masks that users draw or that other tools write.</summary>
/// <remarks>
/// Two kinds are accepted. A colour mask, in any format of a photo, paints each class in one colour of <see cref="MaskPalette"/>; soft borders and the traces
/// of lossy compression are resolved. An index mask is a PNG whose samples are the labels 0 to 8: grey with no value above 8, or with a palette (or fewer
/// than 8 grey bits) whose colours are not those nine. An embedded colour profile is ignored, and so is transparency.
/// </remarks>
public static class MaskReader
{
    private const int SizeTolerance = 2;
    private const double AspectTolerance = 0.01;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The mask.</param>
    /// <param name="photoWidth">Columns of the full photo.</param>
    /// <param name="photoHeight">Rows of the full photo.</param>
    /// <param name="notice">Is told, in a sentence, that the mask was resized.</param>
    /// <param name="limits">What is accepted; the default limits when null.</param>
    /// <returns>The labels at the size of the photo.</returns>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.MaskSizeMismatch"/> where the sizes differ by more than 2 pixels and the shapes by more
    /// than 1 %, <see cref="ErrorCode.MaskColoursUnknown"/>, or those of <see cref="PhotoReader"/>.</exception>
    public static LabelMap Read(string path, int photoWidth, int photoHeight, Action<string>? notice, ImageLimits? limits = null)
    {
        limits ??= ImageLimits.Default;
        var name = Path.GetFileName(path);
        using var file = InputFile.Open(path);
        limits.CheckFileBytes(file.Length, name);
        return Read(InputFile.ReadAll(file, name, limits), name, photoWidth, photoHeight, notice, limits);
    }

    /// <summary>Reads a file that is in memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What messages call the mask.</param>
    /// <param name="photoWidth">Columns of the full photo.</param>
    /// <param name="photoHeight">Rows of the full photo.</param>
    /// <param name="notice">Is told, in a sentence, that the mask was resized.</param>
    /// <param name="limits">What is accepted; the default limits when null.</param>
    /// <returns>The labels at the size of the photo.</returns>
    /// <exception cref="PhotoStyleException">As for a file.</exception>
    public static LabelMap Read(byte[] bytes, string name, int photoWidth, int photoHeight, Action<string>? notice, ImageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        limits ??= ImageLimits.Default;
        using var picture = PhotoReader.ReadSamples(bytes, name, limits);
        CheckShape(picture.Width, picture.Height, photoWidth, photoHeight, name);
        var map = IndexMask.Read(bytes, picture, name, limits) ?? ColourMask.Read(picture, name);
        if ((map.Width, map.Height) == (photoWidth, photoHeight))
            return map;
        notice?.Invoke($"The mask {name} has {map.Width}×{map.Height} pixels and its photo {photoWidth}×{photoHeight}: the mask was resized.");
        return map.Resize(photoWidth, photoHeight);
    }

    private static void CheckShape(int width, int height, int photoWidth, int photoHeight, string name)
    {
        var isNear = Math.Abs(width - photoWidth) <= SizeTolerance && Math.Abs(height - photoHeight) <= SizeTolerance;
        var shape = (double)width * photoHeight / ((double)height * photoWidth);
        if (!isNear && Math.Abs(shape - 1) > AspectTolerance)
        {
            throw new PhotoStyleException(
                ErrorCode.MaskSizeMismatch,
                $"The mask {name} has {width}×{height} pixels and its photo {photoWidth}×{photoHeight}: draw the mask on the photo, uncropped and upright.");
        }
    }
}
