using System.Threading.Channels;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Pipeline.Hosting;

/// <summary>Writes down where a job stands, for <c>photostyle status</c>: not each change, but the last one always.</summary>
internal sealed class StatusNotes : IAsyncDisposable
{
    /// <summary>Time between two notes. A small job is done before anybody could ask.</summary>
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    private readonly Channel<JobStatus> _last = Channel.CreateBounded<JobStatus>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _writing;

    public StatusNotes(JobRegistry registry, string id) => _writing = WriteAsync(registry, id);

    /// <summary>It stands there now.</summary>
    public void Note(JobStatus status) => _last.Writer.TryWrite(status);

    /// <summary>Ends. What is being written arrives before that.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(false);
        _ended.Dispose();
    }

    private async Task WriteAsync(JobRegistry registry, string id)
    {
        while (true)
        {
            try
            {
                await Task.Delay(s_interval, _ended.Token).ConfigureAwait(false);
                await registry.SetStatusAsync(id, await _last.Reader.ReadAsync(_ended.Token).ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception)
            {
                // There will be more of it; what keeps the storage away from this keeps it away from the steps, which say so.
            }
        }
    }
}
