using PhotoStyle.Pipeline.Drops;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Cli.Commands;

/// <summary>The jobs of a storage, those that no host has seen yet included.</summary>
internal static class JobFinder
{
    /// <summary>Jobs with their states, by name.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="wanted">A job's name or id; null for all.</param>
    /// <param name="cancellation">Stops the requests.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>: there is no such job.</exception>
    public static async Task<IReadOnlyList<FoundJob>> FindAsync(PipelineStorage storage, string? wanted, CancellationToken cancellation)
    {
        var registry = new JobRegistry(storage.Jobs);
        var found = new List<FoundJob>();
        foreach (string id in await registry.ListAsync(cancellation))
        {
            if (await registry.RequestAsync(id, cancellation) is not { } request || (wanted is not null && wanted != id && wanted != request.Job)) continue;
            found.Add(new FoundJob(id, request.Job, await registry.StatusAsync(id, cancellation) ?? new JobStatus { State = JobState.Waiting }));
        }
        foreach (Drop drop in (await new DropResolver(storage).ScanAsync(cancellation)).Drops)
        {
            if (drop.Request is { } request && (wanted is null || wanted == request.Id || wanted == request.Job) && found.All(job => job.Id != request.Id))
                found.Add(new FoundJob(request.Id, request.Job, new JobStatus { State = JobState.Waiting }));
        }
        if (wanted is not null && found.Count == 0)
            throw new PhotoStyleException(ErrorCode.OptionInvalid, $"There is no job '{BlobName.Printable(wanted)}': 'photostyle status' lists all.");
        return [.. found.OrderBy(job => job.Job, StringComparer.Ordinal)];
    }
}
