using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PhotoStyle.Functions.Tests.Durable;

/// <summary>A client of Durable Functions that keeps orchestrations in memory and starts none that its dedupe statuses forbid.</summary>
internal sealed class FakeClient() : DurableTaskClient("fake")
{
    public Dictionary<string, OrchestrationMetadata> Instances { get; } = [];

    public List<(TaskName Name, object? Input, StartOrchestrationOptions? Options)> Started { get; } = [];

    public List<(string Id, string Name, object? Payload)> Raised { get; } = [];

    public OrchestrationQuery? Query { get; private set; }

    /// <summary>Whether the storage of Durable Functions is away.</summary>
    public bool FailsToStart { get; set; }

    /// <summary>The pages that a list is told in; all instances in one where none are given.</summary>
    public List<Page<OrchestrationMetadata>>? Pages { get; set; }

    private readonly Lock _lock = new();

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        using Lock.Scope locked = _lock.EnterScope();
        string id = options?.InstanceId ?? throw new InvalidOperationException("Every job has an id of its own.");
        if (Instances.TryGetValue(id, out OrchestrationMetadata? known) && options.DedupeStatuses?.Contains(known.RuntimeStatus.ToString()) == true)
            throw new OrchestrationAlreadyExistsException($"{id} exists.");
        if (FailsToStart) throw new IOException("It can not be reached.");
        Started.Add((orchestratorName, input, options));
        Instances[id] = new OrchestrationMetadata(orchestratorName.Name, id)
        {
            RuntimeStatus = OrchestrationRuntimeStatus.Pending,
            SerializedInput = ReplayContext.ToJson(input),
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        return Task.FromResult(id);
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        Assert.Contains(instanceId, Instances.Keys);
        Raised.Add((instanceId, eventName, eventPayload));
        return Task.CompletedTask;
    }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Task.FromResult(Instances.GetValueOrDefault(instanceId));

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        Query = filter;
        List<Page<OrchestrationMetadata>> pages = Pages ?? [new Page<OrchestrationMetadata>([.. Instances.Values])];
        int next = filter?.ContinuationToken is { } token ? int.Parse(token, System.Globalization.CultureInfo.InvariantCulture) : 0;
        return Pageable.Create((_, _) => Task.FromResult(pages[next++]));
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
