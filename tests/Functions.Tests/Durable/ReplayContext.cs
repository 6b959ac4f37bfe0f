using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Functions.Tests.Durable;

/// <summary>An orchestrator's context as Durable Functions give it: what is asked for is written down, what goes in and out is JSON, and events wait in the order in which they came.</summary>
internal sealed class ReplayContext(string instanceId, bool isReplaying) : TaskOrchestrationContext
{
    private static readonly JsonSerializerOptions s_json = MakeJson();

    private readonly Dictionary<string, Queue<Action<string>>> _waiting = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Queue<string>> _arrived = new(StringComparer.OrdinalIgnoreCase);
    private DateTime _now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public List<PendingCall> Calls { get; } = [];

    public List<string> Statuses { get; } = [];

    public override TaskName Name => "Orchestrator";

    public override string InstanceId => instanceId;

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => _now;

    public override bool IsReplaying => Replaying;

    public bool Replaying { get; set; } = isReplaying;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public static string ToJson(object? value) => JsonSerializer.Serialize(value, s_json);

    public static T? FromJson<T>(string json) => JsonSerializer.Deserialize<T>(json, s_json);

    /// <summary>An event from outside: for who waits longest, or for who will wait.</summary>
    public void Raise(string name, string json)
    {
        if (_waiting.TryGetValue(name, out var waiting) && waiting.TryDequeue(out var first))
            first(json);
        else
            (_arrived.TryGetValue(name, out var arrived) ? arrived : _arrived[name] = new Queue<string>()).Enqueue(json);
    }

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        var source = new TaskCompletionSource<TResult>();
        Calls.Add(new PendingCall(name.Name, ToJson(input), options, json => source.SetResult(FromJson<TResult>(json)!), source.SetException));
        return source.Task;
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        var source = new TaskCompletionSource();
        var timer = new PendingCall(
            PendingCall.Timer,
            ToJson(fireAt),
            null,
            _ =>
            {
                _now = fireAt;
                source.SetResult();
            },
            source.SetException);
        cancellationToken.Register(() =>
        {
            timer.IsDone = true;
            source.TrySetCanceled(cancellationToken);
        });
        Calls.Add(timer);
        return source.Task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        if (_arrived.TryGetValue(eventName, out var arrived) && arrived.TryDequeue(out string? json)) return Task.FromResult(FromJson<T>(json)!);
        var source = new TaskCompletionSource<T>();
        (_waiting.TryGetValue(eventName, out var waiting) ? waiting : _waiting[eventName] = new Queue<Action<string>>()).Enqueue(payload => source.SetResult(FromJson<T>(payload)!));
        return source.Task;
    }

    public override void SetCustomStatus(object? customStatus) => Statuses.Add(ToJson(customStatus));

    public override T? GetInput<T>()
        where T : default => throw new NotSupportedException();

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) => throw new NotSupportedException();

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => throw new NotSupportedException();

    public override Guid NewGuid() => throw new NotSupportedException();

    private static JsonSerializerOptions MakeJson()
    {
        var options = new JsonSerializerOptions();
        PipelineJson.Apply(options);
        return options;
    }
}
