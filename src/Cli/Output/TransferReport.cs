using PhotoStyle.Segmentation;

namespace PhotoStyle.Cli.Output;

/// <summary>The result of <c>transfer</c>.</summary>
internal sealed record TransferReport : Report
{
    public override string Command => "transfer";

    /// <summary>The graded photo.</summary>
    public required string Output { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required double Strength { get; init; }

    public required string Encoder { get; init; }

    /// <summary>Where it ran: cpu or cuda.</summary>
    public required string Device { get; init; }

    public required string Preset { get; init; }

    /// <summary>Evaluations of the loss that solving took, in this run and those it resumed.</summary>
    public required int Evaluations { get; init; }

    public required double Loss { get; init; }

    /// <summary>Where the classes come from.</summary>
    public required SegmentationMode Segmentation { get; init; }

    /// <summary>The network that named them; null where none did.</summary>
    public required string? Network { get; init; }

    public required IReadOnlyList<ClassReport> Classes { get; init; }

    /// <summary>Sentences on classes that have no sensible partner in the style.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>All files.</summary>
    public required IReadOnlyList<string> Written { get; init; }

    public required Timings Seconds { get; init; }

    public override void WriteText(TextWriter output)
    {
        output.WriteLine($"{Output}  {Width}×{Height}");
        foreach (string other in Written.Where(path => path != Output))
            output.WriteLine(other);
        output.WriteLine(FormattableString.Invariant($"encoder {Encoder}, preset {Preset}, {Evaluations} evaluations, loss {Loss:G4}"));
        output.WriteLine(Seconds);
        if (Network is not null)
            output.WriteLine($"classes named by {Network}");
        ClassReport.WriteTable(Classes, output);
    }
}
