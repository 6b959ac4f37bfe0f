namespace PhotoStyle.Cli.Output;

/// <summary>The result of <c>apply</c>.</summary>
internal sealed record ApplyReport : Report
{
    public override string Command => "apply";

    /// <summary>The graded photo.</summary>
    public required string Output { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required double Strength { get; init; }

    /// <summary>The encoder that the grade was solved with.</summary>
    public required string Encoder { get; init; }

    /// <summary>All files.</summary>
    public required IReadOnlyList<string> Written { get; init; }

    public required Timings Seconds { get; init; }

    public override void WriteText(TextWriter output)
    {
        output.WriteLine($"{Output}  {Width}×{Height}");
        foreach (string other in Written.Where(path => path != Output))
            output.WriteLine(other);
        output.WriteLine(FormattableString.Invariant($"strength {Strength}, grade solved with encoder {Encoder}"));
        output.WriteLine(Seconds);
    }
}
