namespace PhotoStyle.Cli.Output;

/// <summary>The result of <c>matte</c>.</summary>
internal sealed record MatteReport : Report
{
    public override string Command => "matte";

    /// <summary>The refined mask.</summary>
    public required string Output { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Of conjugate gradients.</summary>
    public required int Iterations { get; init; }

    public required Timings Seconds { get; init; }

    public override void WriteText(TextWriter output)
    {
        output.WriteLine($"{Output}  {Width}×{Height}, {Iterations} iterations");
        output.WriteLine(Seconds);
    }
}
