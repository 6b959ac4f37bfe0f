using System.Text.Json.Serialization;
using PhotoStyle.Scoring;

namespace PhotoStyle.Cli.Output;

/// <summary>The result of <c>score</c>.</summary>
internal sealed record ScoreReport : Report
{
    public override string Command => "score";

    // The attribute is not inherited.
    [JsonIgnore]
    public override bool IsAnswer => true;

    public required Scores Scores { get; init; }

    public required string Encoder { get; init; }

    public required Timings Seconds { get; init; }

    public override void WriteText(TextWriter output)
    {
        Write("swd", Scores.Swd, "lower is better", "distance of the colours to those of the style, class by class");
        Write("gram", Scores.Gram, "lower is better", "distance of the textures to those of the style, as the encoder sees them");
        Write("struct", Scores.Struct, "higher is better", "how well lines and shapes follow the content, at most 1");
        Write("lap", Scores.Lap, "lower is better", "how much colours were changed otherwise than smoothly: the mark of a painting");
        output.WriteLine($"encoder {Encoder}");

        void Write(string name, double value, string direction, string meaning) =>
            output.WriteLine(FormattableString.Invariant($"{name,-6}  {value,-10:G4}  {direction,-16}  {meaning}"));
    }
}
