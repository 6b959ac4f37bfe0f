namespace PhotoStyle.Cli.Output;

/// <summary>The result of <c>laplacian</c>.</summary>
internal sealed record LaplacianReport : Report
{
    public override string Command => "laplacian";

    /// <summary>The matrix.</summary>
    public required string Output { get; init; }

    /// <summary>Of the reduced photo.</summary>
    public required int Width { get; init; }

    public required int Height { get; init; }

    public required int Entries { get; init; }

    public required Timings Seconds { get; init; }

    public override void WriteText(TextWriter output)
    {
        output.WriteLine($"{Output}  {Width * Height} rows for {Width}×{Height} pixels, {Entries} entries");
        output.WriteLine(Seconds);
    }
}
