namespace PhotoStyle.Worker.Queue;

/// <summary>What became of a message that was taken.</summary>
internal enum MessageEnd
{
    /// <summary>Its grade was made.</summary>
    Completed,

    /// <summary>Its grade existed.</summary>
    Reused,

    /// <summary>It can not be done, for a reason that the user can mend.</summary>
    Failed,

    /// <summary>The user does not want it any more.</summary>
    Cancelled,

    /// <summary>It can not be read, or failed too often.</summary>
    Poisoned,

    /// <summary>This try failed; there will be another.</summary>
    Retried,

    /// <summary>This process ends before it is done.</summary>
    HandedBack,

    /// <summary>Another worker has it.</summary>
    Lost,
}
