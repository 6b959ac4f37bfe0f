using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation;

/// <summary>Masks whose samples are the labels themselves.</summary>
internal static class IndexMask
{
    private const int HighestLabel = 8;

    // A grey picture with nothing brighter has no colours of classes: its values are labels, if too many.
    private const int DarkestGrey = 27;

    /// <summary>The labels, or null where the picture is a colour mask.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="picture">The same, decoded without regard to its profile.</param>
    /// <param name="name">What messages call the mask.</param>
    /// <param name="limits">The limits that the picture has met.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.MaskColoursUnknown"/> for labels above 8.</exception>
    public static LabelMap? Read(byte[] bytes, Photo picture, string name, ImageLimits limits)
    {
        if (!bytes.AsSpan().StartsWith(PngFile.Signature))
            return null;
        using var stream = new MemoryStream(bytes, writable: false);
        var png = PngFile.ReadHeader(stream, name);
        if (png.ColourType == PngFile.PaletteType)
        {
            if (!ColourMask.HasSolidAreaOfUnknownColour(picture))
                return null;
            using var indices = PhotoReader.ReadSamples(PngFile.WithIndicesAsGrey(bytes), name, limits);
            return Labels(indices, Step(png.BitDepth), HighestLabel) ?? throw TooManyLabels(name);
        }

        if (png.BitDepth < 8)
        {
            if (!ColourMask.HasSolidAreaOfUnknownColour(picture))
                return null;
            return Labels(picture, Step(png.BitDepth), HighestLabel) ?? throw TooManyLabels(name);
        }

        // In three channels, all black is the class black; in one, it is the label 0.
        if (Labels(picture, 1, HighestLabel) is { } map && (picture.WasGreyscale || map.Labels.AsSpan().ContainsAnyExcept((byte)0)))
            return map;
        if (picture.WasGreyscale && Labels(picture, 1, DarkestGrey) is not null)
            throw TooManyLabels(name);
        return null;
    }

    private static PhotoStyleException TooManyLabels(string name) =>
        new(ErrorCode.MaskColoursUnknown, $"The mask {name} holds labels above {HighestLabel}: join similar classes, so that at most 9 remain, numbered from 0.");

    // What decoders make of 1 when they stretch a sample of few bits to eight.
    private static int Step(int bitDepth) => 255 / ((1 << bitDepth) - 1);

    /// <summary>The samples divided by <paramref name="step"/>, or null where a pixel is above the highest label or not grey.</summary>
    private static LabelMap? Labels(Photo picture, int step, int highest)
    {
        var labels = new byte[picture.Width * picture.Height];
        var isIndex = Parallel.For(0, picture.Height, (y, loop) =>
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var (red, green, blue) = Sample(picture, x, y);
                if (red > highest * step || red != green || red != blue)
                {
                    loop.Stop();
                    return;
                }

                labels[y * picture.Width + x] = (byte)(red / step);
            }
        }).IsCompleted;
        return isIndex ? new LabelMap(picture.Width, picture.Height, labels) : null;
    }

    private static (int Red, int Green, int Blue) Sample(Photo picture, int x, int y)
    {
        var at = x * picture.Channels;
        if (picture.BitDepth == 8)
        {
            var row = picture.Row8(y);
            return (row[at], row[at + 1], row[at + 2]);
        }

        var wide = picture.Row16(y);
        return (wide[at], wide[at + 1], wide[at + 2]);
    }
}
