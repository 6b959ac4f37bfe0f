namespace PhotoStyle.Functions.Orchestration;

/// <summary>Names of what is told to an orchestration while it runs.</summary>
internal static class JobEvents
{
    /// <summary>An <see cref="Pipeline.Messages.OptimizedMessage"/>.</summary>
    public const string Optimized = "optimized";

    /// <summary>A user wants no result any more. The payload is the time at which it was said.</summary>
    public const string Cancel = "cancel";
}
