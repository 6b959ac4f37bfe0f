using NetVips;
using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation;

/// <summary>Writes labels as masks that <see cref="MaskReader"/> and painting programs read.</summary>
public static class MaskWriter
{
    /// <summary>A grey PNG whose samples are the labels: nearly black to the eye, exact for programs.</summary>
    /// <param name="labels">Labels 0 to 8.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OutputNotWritable"/>.</exception>
    public static void WriteIndex(LabelMap labels, string path) => Write(path, labels.Labels, labels.Width, labels.Height, bands: 1);

    /// <summary>A PNG in the colours of <see cref="MaskPalette"/>, to be painted in.</summary>
    /// <param name="labels">Labels 0 to 8.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OutputNotWritable"/>.</exception>
    public static void WriteColours(LabelMap labels, string path)
    {
        var samples = new byte[checked(3 * labels.Labels.Length)];
        for (int i = 0; i < labels.Labels.Length; i++)
        {
            MaskColour colour = MaskPalette.Colours[labels.Labels[i]];
            (samples[3 * i], samples[3 * i + 1], samples[3 * i + 2]) = (colour.Red, colour.Green, colour.Blue);
        }

        Write(path, samples, labels.Width, labels.Height, bands: 3);
    }

    /// <summary>The photo with its classes painted over it, half transparent, and their borders: to be looked at.</summary>
    /// <param name="labels">Labels 0 to 8, at any size of the photo's shape.</param>
    /// <param name="photo">The photo.</param>
    /// <param name="longSide">Most pixels of the picture's long side.</param>
    public static Photo Overlay(LabelMap labels, Photo photo, int longSide)
    {
        const float share = 0.45f;
        FloatImage image = photo.ToFloatImage(longSide);
        LabelMap small = labels.Resize(image.Width, image.Height);
        Parallel.For(0, image.Height, y =>
        {
            for (int x = 0; x < image.Width; x++)
            {
                byte label = small.Labels[y * image.Width + x];
                bool isBorder = (x + 1 < image.Width && small.Labels[y * image.Width + x + 1] != label) || (y + 1 < image.Height && small.Labels[(y + 1) * image.Width + x] != label);
                MaskColour colour = MaskPalette.Colours[label];
                ReadOnlySpan<byte> paint = isBorder ? [255, 255, 255] : [colour.Red, colour.Green, colour.Blue];
                for (int c = 0; c < 3; c++)
                {
                    ref float value = ref image.Row(c, y)[x];
                    value += (isBorder ? 1 : share) * (paint[c] / 255f - value);
                }
            }
        });
        return Photo.FromFloatImage(image);
    }

    private static void Write(string path, byte[] samples, int width, int height, int bands)
    {
        VipsRuntime.EnsureReady();
        using Image image = Image.NewFromMemory(samples, width, height, bands, Enums.BandFormat.Uchar);
        using Image typed = image.Copy(interpretation: bands == 1 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb);
        AtomicFile.Write(path, stream => StreamTarget.Use(stream, target => typed.PngsaveTarget(target, compression: 6, filter: Enums.ForeignPngFilter.None)));
    }
}
