using System.Text.Json.Serialization;
using PhotoStyle.Scoring;

namespace PhotoStyle.Cli.Output;

/// <summary>The result of <c>score --pairs</c>: a table in Markdown, for people.</summary>
internal sealed record PairTableReport : Report
{
    public override string Command => "score";

    // The attribute is not inherited.
    [JsonIgnore]
    public override bool IsAnswer => true;

    public required IReadOnlyList<PairScore> Pairs { get; init; }

    public required string Encoder { get; init; }

    public double Tolerance { get; } = Scores.Tolerance;

    public required Timings Seconds { get; init; }

    public override void WriteText(TextWriter output)
    {
        output.WriteLine(FormattableString.Invariant($"ours / theirs, gram by {Encoder}; ** where ours is at least as good, within {100 * Tolerance} %"));
        output.WriteLine();
        output.WriteLine("| pair | swd | gram | struct | lap·1e4 | at least as good |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (PairScore pair in Pairs)
        {
            IReadOnlyList<bool> good = pair.Ours.AtLeastAsGood(pair.Theirs, Tolerance);
            string Cell(int figure, Func<Scores, FormattableString> text)
            {
                string both = $"{FormattableString.Invariant(text(pair.Ours))} / {FormattableString.Invariant(text(pair.Theirs))}";
                return good[figure] ? $"**{both}**" : both;
            }
            output.WriteLine(
                $"| {pair.Pair} | {Cell(0, s => $"{s.Swd:F4}")} | {Cell(1, s => $"{s.Gram:F3}")} | {Cell(2, s => $"{s.Struct:F3}")} | {Cell(3, s => $"{s.Lap * 1e4:F2}")} | {pair.AtLeastAsGood} of 4 |");
        }
        output.WriteLine();
        output.WriteLine($"all four on {Pairs.Count(p => p.AtLeastAsGood == 4)} of {Pairs.Count}, three or more on {Pairs.Count(p => p.AtLeastAsGood >= 3)}");
    }
}
