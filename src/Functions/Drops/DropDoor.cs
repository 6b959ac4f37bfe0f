using Microsoft.DurableTask.Client;
using PhotoStyle.Functions.Inspection;
using PhotoStyle.Functions.Orchestration;
using PhotoStyle.Pipeline.Drops;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Steps;

namespace PhotoStyle.Functions.Drops;

/// <summary>Starts what can begin now that a blob has arrived. May be told of the same blob again, late or out of order.</summary>
public sealed class DropDoor(DropResolver resolver, UploadInspector inspector, JobStarter starter, PipelineSteps steps)
{
    /// <summary>A blob has arrived.</summary>
    /// <param name="container">Its container.</param>
    /// <param name="name">Its name.</param>
    /// <param name="client">Starts orchestrations.</param>
    /// <param name="cancel">Stops it; the event will be told again.</param>
    public async Task OpenAsync(string container, string name, DurableTaskClient client, CancellationToken cancel)
    {
        foreach (Drop drop in await resolver.ResolveAsync(container, name, cancel))
        {
            if (drop.Request is { } request)
                await StartAsync(request, client, cancel);
            else
                await steps.RecordFailureAsync(drop.Failure!, cancel);
            // Last: what was not started is found again.
            await resolver.MarkStartedAsync(drop, cancel);
        }
    }

    private async Task StartAsync(TransferRequest request, DurableTaskClient client, CancellationToken cancel)
    {
        try
        {
            foreach (BlobReference? blob in new[] { request.Content, request.Style, request.ContentMask, request.StyleMask })
            {
                if (blob is not null) await inspector.InspectAsync(steps.Storage.Source(blob.Container), blob, cancel);
            }
        }
        catch (PhotoStyleException e) when (e.Code is not ErrorCode.StorageUnavailable)
        {
            // Nothing is scheduled, and whoever dropped it finds the reason where the result would be.
            await steps.RecordFailureAsync(new FailureRequest(request, TransferError.Of(e), null), cancel);
            return;
        }

        await starter.StartAsync(client, request, cancel);
    }
}
