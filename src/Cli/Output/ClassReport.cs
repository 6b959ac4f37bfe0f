using System.Globalization;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Cli.Output;

/// <summary>What became of one label, for programs and for people.</summary>
internal sealed record ClassReport(byte Label, string Name, double ContentShare, double StyleShare, LabelFate Fate, byte? Target, string? TargetName)
{
    public static IReadOnlyList<ClassReport> Of(IReadOnlyList<LabelOutcome> outcomes) =>
    [
        .. outcomes.Select(outcome => new ClassReport(
            outcome.Label,
            outcome.Name,
            outcome.ContentShare,
            outcome.StyleShare,
            outcome.Fate,
            outcome.Target,
            outcomes.FirstOrDefault(other => other.Label == outcome.Target)?.Name)),
    ];

    /// <summary>A table; nothing for photos without masks, whose one class is the whole photo.</summary>
    public static void WriteTable(IReadOnlyList<ClassReport> classes, TextWriter output)
    {
        if (classes.Count < 2)
            return;
        int width = Math.Max(5, classes.Max(one => one.Name.Length));
        output.WriteLine();
        output.WriteLine($"{"class".PadRight(width)}  content    style  what became of it");
        foreach (ClassReport one in classes)
            output.WriteLine($"{one.Name.PadRight(width)}  {Share(one.ContentShare)}  {Share(one.StyleShare)}  {one.Words(classes)}");
    }

    private static string Share(double share) => share switch
    {
        0 => "      -",
        < 0.001 => "< 0.1 %",
        _ => string.Create(CultureInfo.InvariantCulture, $"{share * 100,5:F1} %"),
    };

    private string Words(IReadOnlyList<ClassReport> all) => Fate switch
    {
        LabelFate.Matched => $"takes the look of {Name} in the style",
        LabelFate.Remapped => $"not in the style: takes the look of {TargetName}, which is most like it",
        LabelFate.Merged => $"not in the style: joined its neighbour {TargetName}",
        LabelFate.Absorbed => $"too small: joined its neighbour {TargetName}",
        LabelFate.Kept => "not in the style: stays as it is",
        LabelFate.Borrowed => $"in the style only: lends its look to {string.Join(", ", all.Where(other => other.Fate == LabelFate.Remapped && other.Target == Label).Select(other => other.Name))}",
        _ => "in the style only or too small there: not used",
    };
}
