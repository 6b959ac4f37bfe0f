using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PhotoStyle.Functions.Orchestration;
using PhotoStyle.Functions.Settings;
using PhotoStyle.Pipeline.Drops;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Functions.Api;

/// <summary>What the API does, whichever way the caller proved who it is.</summary>
public sealed class Transfers(SourceResolver sources, JobStarter starter, JobRegistry registry, PipelineStorage storage, AppSettings settings)
{
    /// <summary>Most jobs in one list.</summary>
    public const int MostListed = 100;

    /// <summary>Starts a transfer.</summary>
    public Task<IResult> StartAsync(HttpRequest http, DurableTaskClient client, CancellationToken cancel) => Answer.GuardAsync(async () =>
    {
        TransferOrder order = await OrderReader.ReadAsync(http, cancel);
        order.Options.Validate(order.ContentMask is not null);
        TransferRequest request = await RequestOfAsync(order, cancel);
        await starter.StartAsync(client, request, cancel);
        // An orchestration that was only just scheduled may not be found yet.
        TransferStatus status = await FindAsync(client, request.Id, cancel) is { } orchestration ? StatusReader.Read(orchestration) : JustAsked(request);
        return Answer.Accepted(http, status, AddressOf(http, request.Id));
    });

    /// <summary>Tells where a transfer stands.</summary>
    public async Task<IResult> GetAsync(HttpRequest http, DurableTaskClient client, string id, CancellationToken cancel) =>
        await FindAsync(client, id, cancel) is { } orchestration ? Answer.Status(http, StatusReader.Read(orchestration), AddressOf(http, id)) : Answer.NoSuchTransfer();

    /// <summary>Cancels a transfer; one that is done stays as it is.</summary>
    public Task<IResult> CancelAsync(HttpRequest http, DurableTaskClient client, string id, CancellationToken cancel) => Answer.GuardAsync(async () =>
    {
        if (await FindAsync(client, id, cancel) is not { } orchestration) return Answer.NoSuchTransfer();
        if (!orchestration.IsCompleted)
        {
            // For the worker that is at it, and for the orchestration that waits for the worker.
            await registry.CancelAsync(id, cancel);
            await client.RaiseEventAsync(id, JobEvents.Cancel, DateTimeOffset.UtcNow, cancel);
        }

        return Answer.Status(http, StatusReader.Read(orchestration), AddressOf(http, id));
    });

    /// <summary>Lists transfers, page by page.</summary>
    public static Task<IResult> ListAsync(HttpRequest http, DurableTaskClient client, CancellationToken cancel) => Answer.GuardAsync(async () =>
    {
        JobState? state = ReadState(http.Query["state"]);
        int top = ReadTop(http.Query["top"]);
        string? continuation = http.Query["continuation"] is [{ Length: > 0 } given] ? given : null;
        var query = new OrchestrationQuery(
            Statuses: state is { } wanted ? JobStates.StatusesOf(wanted) : null, PageSize: top, FetchInputsAndOutputs: true, ContinuationToken: continuation);
        var transfers = new List<TransferStatus>();
        await foreach (Page<OrchestrationMetadata> page in client.GetAllInstancesAsync(query).AsPages(continuation, top).WithCancellation(cancel))
        {
            transfers.AddRange(page.Values
                .Where(orchestration => JobRegistry.IsId(orchestration.InstanceId))
                .Select(StatusReader.Read)
                .Where(status => state is null || status.State == state));
            continuation = page.ContinuationToken;
            // A page may hold less than was asked for, or nothing that fits.
            if (transfers.Count > 0) break;
        }

        return Answer.Ok(new TransferList(transfers, string.IsNullOrEmpty(continuation) ? null : continuation));
    });

    /// <summary>Lists the styles that can be named.</summary>
    public Task<IResult> ListStylesAsync(CancellationToken cancel) => Answer.GuardAsync(async () =>
    {
        IReadOnlyList<StylePhoto> styles = await StylePhoto.ListAsync(storage.Styles, cancel);
        return Answer.Ok(new StyleList([.. styles.Select(style => new StyleEntry(style.Style, $"{storage.Styles.Name}/{style.Blob.Name}", style.Blob.Length, style.Blob.Modified))]));
    });

    private async Task<TransferRequest> RequestOfAsync(TransferOrder order, CancellationToken cancel)
    {
        // A folder of their own: a caller's name never meets that of a drop.
        var request = new TransferRequest
        {
            Job = $"api/{order.Job ?? "unnamed"}",
            Content = await sources.ResolveAsync(order.Content, "content", cancel),
            Style = await sources.ResolveAsync(order.Style, "style", cancel),
            ContentMask = order.ContentMask is { } contentMask ? await sources.ResolveAsync(contentMask, "mask of the content", cancel) : null,
            StyleMask = order.StyleMask is { } styleMask ? await sources.ResolveAsync(styleMask, "mask of the style", cancel) : null,
            Options = order.Options,
        };
        return (order.Job is null ? request with { Job = $"api/{request.Id}" } : request).Validate();
    }

    private static Task<OrchestrationMetadata?> FindAsync(DurableTaskClient client, string id, CancellationToken cancel) =>
        JobRegistry.IsId(id) ? client.GetInstanceAsync(id, getInputsAndOutputs: true, cancel) : Task.FromResult<OrchestrationMetadata?>(null);

    private static TransferStatus JustAsked(TransferRequest request)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return new TransferStatus { Id = request.Id, Job = request.Job, State = JobState.Waiting, CreatedAt = now, UpdatedAt = now };
    }

    private Uri AddressOf(HttpRequest http, string id) => Addresses.OfTransfer(http, settings.PublicUrl, id);

    private static JobState? ReadState(string? value)
    {
        if (string.IsNullOrEmpty(value)) return null;
        return Words.Read<JobState>(value)
            ?? throw new PhotoStyleException(ErrorCode.OptionInvalid, $"There is no such state: choose {string.Join(", ", Enum.GetNames<JobState>()).ToLowerInvariant()}.");
    }

    private static int ReadTop(string? value)
    {
        if (string.IsNullOrEmpty(value)) return MostListed;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int top) && top is >= 1 and <= MostListed
            ? top
            : throw new PhotoStyleException(ErrorCode.OptionInvalid, $"'top' is not a number from 1 to {MostListed}: correct it.");
    }
}
