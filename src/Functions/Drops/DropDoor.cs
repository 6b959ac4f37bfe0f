using Microsoft.DurableTask.Client;
using PhotoStyle.Functions.Inspection;
using PhotoStyle.Functions.Orchestration;
using PhotoStyle.Pipeline.Drops;

namespace PhotoStyle.Functions.Drops;

/// <summary>Where dropped blobs come in: their headers are looked at here, and their jobs become orchestrations.</summary>
public sealed class DropDoor(DropIntake intake, UploadInspector inspector, JobStarter starter)
{
    /// <summary>A blob has arrived.</summary>
    /// <param name="container">Its container.</param>
    /// <param name="name">Its name.</param>
    /// <param name="client">Starts orchestrations.</param>
    /// <param name="cancel">Stops it; the event will be told again.</param>
    public Task OpenAsync(string container, string name, DurableTaskClient client, CancellationToken cancel) =>
        intake.TakeInAsync(container, name, blob => inspector.InspectAsync(blob, cancel), request => starter.StartAsync(client, request, cancel), cancel);
}
