using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using PhotoStyle.Functions.Events;
using PhotoStyle.Functions.Inspection;
using PhotoStyle.Functions.Orchestration;
using PhotoStyle.Pipeline.Drops;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Functions.Drops;

/// <summary>Where dropped blobs come in: their headers are looked at here, and their jobs become orchestrations.</summary>
public sealed class DropDoor(DropIntake intake, UploadInspector inspector, JobStarter starter, AnnounceActivity announcer, ILogger<DropDoor> logger)
{
    /// <summary>A blob has arrived.</summary>
    /// <param name="container">Its container.</param>
    /// <param name="name">Its name.</param>
    /// <param name="client">Starts orchestrations.</param>
    /// <param name="cancel">Stops it; the event will be told again.</param>
    public Task OpenAsync(string container, string name, DurableTaskClient client, CancellationToken cancel) => intake.TakeInAsync(
        container,
        name,
        blob => inspector.InspectAsync(blob, cancel),
        request => starter.StartAsync(client, request, cancel),
        refused => AnnounceAsync(refused, cancel),
        cancel);

    /// <summary>What is refused has no orchestration that would tell of its end.</summary>
    private async Task AnnounceAsync(FailureReport refused, CancellationToken cancel)
    {
        try
        {
            await announcer.Announce(new Announcement(refused.Job, refused.Id, new JobOutcome(null, refused.Error)), cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            // The reason is where the result would be: no need to look at the photo again.
            Log.NotAnnounced(logger, refused.Job, e);
        }
    }
}
