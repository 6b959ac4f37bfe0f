using System.Text;
using Microsoft.DurableTask;

namespace PhotoStyle.Functions.Tests.Durable;

/// <summary>
/// Runs an orchestrator as Durable Functions do: whenever something happens, from the start again, with all that happened before told to it in the same order.
/// Each time it has to ask for the same things in the same order.
/// </summary>
internal sealed class OrchestrationRun<TResult>
{
    private readonly string _instanceId;
    private readonly Func<TaskOrchestrationContext, Task<TResult>> _orchestrator;
    private readonly List<HistoryEvent> _history = [];
    private readonly Dictionary<int, int> _failures = [];
    private OrchestratorThread _thread = new();
    private ReplayContext _context = null!;
    private Task<TResult> _task = null!;

    public OrchestrationRun(string instanceId, Func<TaskOrchestrationContext, Task<TResult>> orchestrator)
    {
        (_instanceId, _orchestrator) = (instanceId, orchestrator);
        Replay();
    }

    /// <summary>All that was asked for, in order.</summary>
    public IReadOnlyList<PendingCall> Calls => _context.Calls;

    /// <summary>Names of what was asked for and has not ended.</summary>
    public IReadOnlyList<string> Pending => [.. Calls.Where(call => !call.IsDone).Select(call => call.Name)];

    /// <summary>All that was shown as status, without what replays showed again.</summary>
    public IReadOnlyList<string> Statuses => _context.Statuses;

    public bool IsDone => _task.IsCompleted;

    /// <summary>What it returned.</summary>
    public TResult Result
    {
        get
        {
            Assert.True(IsDone, $"It waits for {string.Join(", ", Pending)}.");
            // A timer that nobody cancelled would keep a real orchestration from its end.
            if (_task.IsCompletedSuccessfully) Assert.DoesNotContain(PendingCall.Timer, Pending);
            return _task.GetAwaiter().GetResult();
        }
    }

    /// <summary>The oldest call of an activity that has not ended came to its end.</summary>
    public void Complete(string activity, object? output) => Happen(new HistoryEvent(IndexOf(activity), activity, ReplayContext.ToJson(output), null));

    /// <summary>A try of an activity failed. It is tried again as its policy says, or failed for good.</summary>
    public void FailTry(string activity, string errorType = "System.IO.IOException")
    {
        int call = IndexOf(activity);
        int failures = _failures[call] = _failures.GetValueOrDefault(call) + 1;
        if (failures < (Calls[call].Options?.Retry?.Policy?.MaxNumberOfAttempts ?? 1)) return;
        Happen(new HistoryEvent(call, activity, "", new TaskFailedException(activity, call, new TaskFailureDetails(errorType, "It is broken", null, null, null))));
    }

    /// <summary>The oldest timer that runs has ended.</summary>
    public void FireTimer() => Happen(new HistoryEvent(IndexOf(PendingCall.Timer), PendingCall.Timer, "", null));

    public void Raise(string name, object payload) => Happen(new HistoryEvent(-1, name, ReplayContext.ToJson(payload), null));

    /// <summary>The host was killed: what is not in the history is forgotten, and all begins again.</summary>
    public void Restart() => Replay();

    private int IndexOf(string name)
    {
        int index = Calls.ToList().FindIndex(call => call.Name == name && !call.IsDone);
        Assert.True(index >= 0, $"{name} was not asked for: it waits for {string.Join(", ", Pending)}.");
        return index;
    }

    private void Happen(HistoryEvent happened)
    {
        _history.Add(happened);
        // A long history is replayed now and then only, as by a host that keeps the orchestration in memory: each time would cost the square of its length.
        if (_history.Count <= 40 || _history.Count % 50 == 0)
        {
            Replay();
            return;
        }

        _context.Replaying = false;
        _thread.Run(() => Apply(_context, happened));
    }

    private void Replay()
    {
        string[] before = _context is null ? [] : [.. Calls.Select(call => call.Identity)];
        _thread = new OrchestratorThread();
        var context = new ReplayContext(_instanceId, _history.Count > 0);
        _thread.Run(() => _task = _orchestrator(context));
        foreach (HistoryEvent happened in _history)
        {
            context.Replaying = happened != _history[^1];
            _thread.Run(() => Apply(context, happened));
        }

        _context = context;
        Assert.Equal(before, Calls.Take(before.Length).Select(call => call.Identity));
        Assert.All(Statuses, status => Assert.InRange(Encoding.Unicode.GetByteCount(status), 1, 16 * 1024));
    }

    private static void Apply(ReplayContext context, HistoryEvent happened)
    {
        if (happened.Call < 0)
        {
            context.Raise(happened.Name, happened.Json);
            return;
        }

        PendingCall call = context.Calls[happened.Call];
        Assert.Equal(happened.Name, call.Name);
        call.IsDone = true;
        if (happened.Failure is { } failure)
            call.Fail(failure);
        else
            call.Complete(happened.Json);
    }
}
