using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;

namespace PhotoStyle.Pipeline.Storage;

/// <summary>A lease on a blob, renewed until it is disposed. Without renewal, as of a process that was killed, it ends within seconds.</summary>
internal sealed class BlobHold : IAsyncDisposable
{
    /// <summary>The shortest that there is.</summary>
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(15);

    private readonly BlobLeaseClient _lease;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _renewing;

    private BlobHold(BlobLeaseClient lease)
    {
        _lease = lease;
        _renewing = RenewAsync();
    }

    public static async Task<IAsyncDisposable?> TryTakeAsync(BlobClient blob, CancellationToken cancellation)
    {
        BlobLeaseClient lease = blob.GetBlobLeaseClient();
        try
        {
            await lease.AcquireAsync(s_length, cancellationToken: cancellation).ConfigureAwait(false);
            return new BlobHold(lease);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        _stop.Dispose();
        try
        {
            await _lease.ReleaseAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            // It ends by itself.
        }
    }

    private async Task RenewAsync()
    {
        while (true)
        {
            try
            {
                await Task.Delay(s_length / 3, _stop.Token).ConfigureAwait(false);
                await _lease.RenewAsync(cancellationToken: _stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is RequestFailedException or AggregateException)
            {
                // The storage was away: a lease that has run out can be renewed as long as nobody else has taken it. If somebody has, work is done twice, and nothing worse.
            }
        }
    }
}
