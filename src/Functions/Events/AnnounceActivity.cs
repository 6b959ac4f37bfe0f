using Azure.Messaging;
using Azure.Messaging.EventGrid;
using Microsoft.Azure.Functions.Worker;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Functions.Events;

/// <summary>Tells a topic of Event Grid that a job has ended.</summary>
public sealed class AnnounceActivity(EventGridPublisherClient? topic = null)
{
    [Function(nameof(Announce))]
    public async Task Announce([ActivityTrigger] Announcement announcement, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(announcement);
        // The topic was taken out of the settings while the job ran.
        if (topic is null) return;
        await topic.SendEventAsync(EventOf(announcement), cancel);
    }

    internal static CloudEvent EventOf(Announcement announcement)
    {
        JobState state = announcement.Outcome.State;
        TransferResult? result = announcement.Outcome.Result;
        var data = new CompletionEvent(announcement.Id, announcement.Job, state, result?.BlobOf(result.Output), announcement.Outcome.Error);
        string type = state switch
        {
            JobState.Completed => CompletionEvent.Completed,
            JobState.Cancelled => CompletionEvent.Cancelled,
            _ => CompletionEvent.Failed,
        };
        return new CloudEvent("/photostyle", type, BinaryData.FromObjectAsJson(data, PipelineJson.Options), "application/json", CloudEventDataFormat.Json)
        {
            Subject = $"transfers/{announcement.Id}",
            // The same for each try, so that a subscriber can tell a second one.
            Id = announcement.Id,
        };
    }
}
