using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PhotoStyle.Functions.Settings;

namespace PhotoStyle.Functions.Drops;

/// <summary>
/// Blobs that arrive, told by Event Grid or, where there is none as in the emulator, found by polling. Which of the two a deployment has is a matter of settings
/// (<c>AzureWebJobs.UploadPolled.Disabled</c> and so on), since what an attribute says can not be set. Were both at work, nothing would be started twice.
/// Only names are bound, never bytes: a photo may be larger than the memory.
/// </summary>
public sealed class BlobTriggers(DropDoor door)
{
    private const string Uploads = "uploads";
    private const string Styles = "styles";

    [Function(nameof(UploadArrived))]
    public Task UploadArrived(
        [BlobTrigger($"{Uploads}/{{name}}", Source = BlobTriggerSource.EventGrid, Connection = AppSettings.Storage)] BlobClient blob,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancel) => OpenAsync(Uploads, blob, client, cancel);

    [Function(nameof(StyleArrived))]
    public Task StyleArrived(
        [BlobTrigger($"{Styles}/{{name}}", Source = BlobTriggerSource.EventGrid, Connection = AppSettings.Storage)] BlobClient blob,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancel) => OpenAsync(Styles, blob, client, cancel);

    [Function(nameof(UploadPolled))]
    public Task UploadPolled(
        [BlobTrigger($"{Uploads}/{{name}}", Source = BlobTriggerSource.LogsAndContainerScan, Connection = AppSettings.Storage)] BlobClient blob,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancel) => OpenAsync(Uploads, blob, client, cancel);

    [Function(nameof(StylePolled))]
    public Task StylePolled(
        [BlobTrigger($"{Styles}/{{name}}", Source = BlobTriggerSource.LogsAndContainerScan, Connection = AppSettings.Storage)] BlobClient blob,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancel) => OpenAsync(Styles, blob, client, cancel);

    private Task OpenAsync(string container, BlobClient blob, DurableTaskClient client, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(blob);
        return door.OpenAsync(container, blob.Name, client, cancel);
    }
}
