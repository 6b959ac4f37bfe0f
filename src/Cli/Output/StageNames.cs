namespace PhotoStyle.Cli.Output;

/// <summary>Stages in words.</summary>
internal static class StageNames
{
    /// <summary>The stage while it goes on: "Reading".</summary>
    public static string Doing(this Stage stage) => stage switch
    {
        Stage.Read => "Reading",
        Stage.Segment => "Segmenting",
        Stage.Solve => "Solving",
        Stage.Render => "Rendering",
        Stage.Measure => "Measuring",
        Stage.Fetch => "Fetching",
        Stage.Verify => "Verifying",
        _ => "Writing",
    };
}
