namespace PhotoStyle.Functions.Settings;

/// <summary>Who finds grades.</summary>
public enum Optimizer
{
    /// <summary>Workers, asked over a queue.</summary>
    Queue,

    /// <summary>This app itself: for small deployments without workers.</summary>
    InProcess,
}
