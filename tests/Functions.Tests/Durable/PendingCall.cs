using Microsoft.DurableTask;

namespace PhotoStyle.Functions.Tests.Durable;

/// <summary>Something that an orchestrator asked for: an activity or a timer.</summary>
internal sealed record PendingCall(string Name, string Input, TaskOptions? Options, Action<string> Complete, Action<Exception> Fail)
{
    public const string Timer = "(timer)";

    /// <summary>What has to be the same in each replay.</summary>
    public string Identity => $"{Name} {Input}";

    public bool IsDone { get; set; }
}
