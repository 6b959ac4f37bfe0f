namespace PhotoStyle.Pipeline.Jobs;

/// <summary>Whether a job is at work or done.</summary>
public enum JobState
{
    /// <summary>Known, not begun.</summary>
    Waiting,

    /// <summary>At work.</summary>
    Running,

    /// <summary>There is a result.</summary>
    Completed,

    /// <summary>There is an error.</summary>
    Failed,

    /// <summary>A user stopped it, or replaced its photo.</summary>
    Cancelled,
}
