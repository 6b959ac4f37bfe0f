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

    /// <summary>Whether some time goes by between the look for an orchestration and the note of a new one, as on a real storage.</summary>
    public bool WritesLate { get; set; }

    /// <summary>The pages that a list is told in; all instances in one where none are given.</summary>
    public List<Page<OrchestrationMetadata>>? Pages { get; set; }

    private readonly Lock _lock = new();

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        string id = options?.InstanceId ?? throw new InvalidOperationException("Every job has an id of its own.");
        // Both in one, unless a test wants them apart.
        if (WritesLate)
        {
            lock (_lock) Look(id, options);
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation);
            lock (_lock) Write(orchestratorName, input, options);
            return id;
        }

        lock (_lock)
        {
            Look(id, options);
            Write(orchestratorName, input, options);
        }

        return id;
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

    private void Look(string id, StartOrchestrationOptions options)
    {
        if (Instances.TryGetValue(id, out OrchestrationMetadata? known) && options.DedupeStatuses?.Contains(known.RuntimeStatus.ToString()) == true)
            throw new OrchestrationAlreadyExistsException($"{id} exists.");
        if (FailsToStart) throw new IOException("It can not be reached.");
    }

    private void Write(TaskName name, object? input, StartOrchestrationOptions options)
    {
        Started.Add((name, input, options));
        Instances[options.InstanceId!] = new OrchestrationMetadata(name.Name, options.InstanceId!)
        {
            RuntimeStatus = OrchestrationRuntimeStatus.Pending,
            SerializedInput = ReplayContext.ToJson(input),
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
    }
}
