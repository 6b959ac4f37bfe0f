namespace PhotoStyle.Pipeline.Messages;

/// <summary>What a worker says.</summary>
public enum OptimizedKind
{
    /// <summary>It is at work.</summary>
    Progress,

    /// <summary>The grade is there.</summary>
    Completed,

    /// <summary>There will be none.</summary>
    Failed,
}
