namespace PhotoStyle.Pipeline.Hosting;

/// <summary>A job that a local host has taken on.</summary>
internal sealed class RunningJob(string id, string job) : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();

    public string Id => id;

    /// <summary>Its name, which is that of its folder of results.</summary>
    public string Job => job;

    public CancellationToken Cancelled => _cancel.Token;

    /// <summary>Whether it has its place among the jobs at work.</summary>
    public volatile bool HasBegun;

    public Task Task { get; set; } = Task.CompletedTask;

    public void Cancel()
    {
        try
        {
            _cancel.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Done a moment ago.
        }
    }

    public void Dispose() => _cancel.Dispose();
}
