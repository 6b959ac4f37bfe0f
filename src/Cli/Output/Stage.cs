namespace PhotoStyle.Cli.Output;

/// <summary>The stages of a run, in their order.</summary>
internal enum Stage
{
    Read,
    Segment,
    Solve,
    Render,
    Measure,
    Write,
    Fetch,
    Verify,
}
