using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Pipeline.Drops;

/// <summary>Starts what can begin now that a blob has arrived. May be told of the same blob again, late or out of order.</summary>
/// <param name="resolver">Makes jobs of what was dropped.</param>
/// <param name="steps">Write down errors.</param>
public sealed class DropIntake(DropResolver resolver, PipelineSteps steps)
{
    /// <summary>A blob has arrived.</summary>
    /// <param name="container">Its container.</param>
    /// <param name="name">Its name.</param>
    /// <param name="inspect">Looks at each photo and mask of a job before it starts; throws if the job is to be refused.</param>
    /// <param name="start">Starts a job, unless it was started before.</param>
    /// <param name="refused">Told of what can not become a job, once the reason is where the result would be.</param>
    /// <param name="cancellation">Stops it; the event has to be told again.</param>
    public async Task TakeInAsync(
        string container, string name, Func<BlobReference, Task> inspect, Func<TransferRequest, Task> start, Func<FailureReport, Task> refused, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inspect);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(refused);
        foreach (Drop drop in await resolver.ResolveAsync(container, name, cancellation).ConfigureAwait(false))
        {
            FailureReport? failure = drop.Failure;
            if (drop.Request is { } request && await RefuseAsync(request, inspect).ConfigureAwait(false) is { } error) failure = FailureReport.Of(new FailureRequest(request, error, null));
            if (failure is null)
            {
                await start(drop.Request!).ConfigureAwait(false);
            }
            else
            {
                await steps.RecordFailureAsync(failure, cancellation).ConfigureAwait(false);
                await refused(failure).ConfigureAwait(false);
            }
            // Last: what was not started is found again.
            await resolver.MarkStartedAsync(drop, cancellation).ConfigureAwait(false);
        }
    }

    /// <returns>Why a job is refused: whoever dropped it finds that where the result would be. Null if it may start.</returns>
    private static async Task<TransferError?> RefuseAsync(TransferRequest request, Func<BlobReference, Task> inspect)
    {
        try
        {
            foreach (BlobReference blob in request.Blobs) await inspect(blob).ConfigureAwait(false);
            return null;
        }
        catch (PhotoStyleException e) when (e.Code is not ErrorCode.StorageUnavailable)
        {
            return TransferError.Of(e);
        }
    }
}
