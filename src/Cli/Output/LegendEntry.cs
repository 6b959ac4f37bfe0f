using PhotoStyle.Segmentation;

namespace PhotoStyle.Cli.Output;

/// <summary>One class of a mask.</summary>
/// <param name="Label">Its value in an index mask.</param>
/// <param name="Name">What it shows, or else its colour.</param>
/// <param name="ColourName">Its colour in words.</param>
/// <param name="Colour">Its colour in a colour mask, six hexadecimal digits.</param>
/// <param name="Share">Its share of the photo, 0 to 1.</param>
/// <param name="StyleShare">Its share of the style, if there is one.</param>
internal sealed record LegendEntry(byte Label, string Name, string ColourName, string Colour, double Share, double? StyleShare)
{
    public static IReadOnlyList<LegendEntry> Of(LabelMap photo, LabelMap? style, IReadOnlyList<string> names) =>
    [
        .. photo.Present().Union(style?.Present() ?? []).Order().Select(label =>
        {
            MaskColour colour = MaskPalette.Colours[label];
            return new LegendEntry(label, names[label], colour.Name, colour.Hex, ShareOf(photo, label), style is null ? null : ShareOf(style, label));
        }),
    ];

    private static double ShareOf(LabelMap map, byte label) => (double)map.Labels.AsSpan().Count(label) / map.Labels.Length;
}
