using System.Globalization;

namespace PhotoStyle.Segmentation;

/// <summary>The nine colours of masks in Deep Photo Style Transfer (Luan et al. 2017, the authors' code), in their order.</summary>
public static class MaskPalette
{
    /// <summary>The colours; a label is the position in this list.</summary>
    public static IReadOnlyList<MaskColour> Colours { get; } =
    [
        new(0, "blue", 0, 0, 255),
        new(1, "green", 0, 255, 0),
        new(2, "black", 0, 0, 0),
        new(3, "white", 255, 255, 255),
        new(4, "red", 255, 0, 0),
        new(5, "yellow", 255, 255, 0),
        new(6, "grey", 128, 128, 128),
        new(7, "aqua", 0, 255, 255),
        new(8, "fuchsia", 255, 0, 255),
    ];

    /// <summary>The name of a label's colour, or its number where it has none.</summary>
    public static string NameOf(byte label) =>
        label < Colours.Count ? Colours[label].Name : label.ToString(CultureInfo.InvariantCulture);

    /// <summary>All colours in words, for messages.</summary>
    internal static string Description { get; } = string.Join(", ", Colours.Select(colour => $"{colour.Name} {colour.Hex}"));

    /// <summary>The square of the distance between a colour and that of a label, in 8-bit RGB.</summary>
    internal static int SquaredDistance(int label, (int Red, int Green, int Blue) colour)
    {
        var other = Colours[label];
        var (red, green, blue) = (colour.Red - other.Red, colour.Green - other.Green, colour.Blue - other.Blue);
        return red * red + green * green + blue * blue;
    }
}
