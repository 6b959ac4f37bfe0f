using System.Globalization;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Cli.Output;

/// <summary>The result of <c>segment</c>.</summary>
internal sealed record SegmentReport : Report
{
    public override string Command => "segment";

    public required SegmentationMode Mode { get; init; }

    /// <summary>The network that named the classes; null where none did.</summary>
    public required string? Network { get; init; }

    public required IReadOnlyList<LegendEntry> Classes { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>All files.</summary>
    public required IReadOnlyList<string> Written { get; init; }

    public required Timings Seconds { get; init; }

    public override void WriteText(TextWriter output)
    {
        foreach (string path in Written) output.WriteLine(path);
        output.WriteLine(Seconds);
        int width = Math.Max(5, Classes.Max(one => one.Name.Length));
        bool hasStyle = Classes[0].StyleShare is not null;
        output.WriteLine();
        output.WriteLine($"{"class".PadRight(width)}  label  colour   {(hasStyle ? "  photo    style" : "  share")}");
        foreach (LegendEntry one in Classes)
            output.WriteLine($"{one.Name.PadRight(width)}  {one.Label,5}  {one.ColourName,-7}  {Percent(one.Share)}{(one.StyleShare is double share ? $"  {Percent(share)}" : "")}");
    }

    private static string Percent(double share) => share == 0 ? "      -" : string.Create(CultureInfo.InvariantCulture, $"{share * 100,5:F1} %");
}
