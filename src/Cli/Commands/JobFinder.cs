using PhotoStyle.Pipeline.Drops;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Cli.Commands;

/// <summary>The jobs of a storage, those that no host has seen yet included.</summary>
internal static class JobFinder
{
    /// <summary>Jobs with their states, by name, and what was dropped and can not begin yet, each with what it waits for.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="wanted">A job's name or id; null for all.</param>
    /// <param name="cancellation">Stops the requests.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>: there is no such job.</exception>
    public static async Task<(IReadOnlyList<FoundJob> Jobs, IReadOnlyList<string> Waiting)> FindAsync(PipelineStorage storage, string? wanted, CancellationToken cancellation)
    {
        var registry = new JobRegistry(storage.Jobs);
        var found = new List<FoundJob>();
        foreach (string id in await registry.ListAsync(cancellation))
        {
            if (await registry.RequestAsync(id, cancellation) is not { } request || (wanted is not null && wanted != id && wanted != request.Job)) continue;
            found.Add(new FoundJob(id, request.Job, await registry.StatusAsync(id, cancellation) ?? new JobStatus { State = JobState.Waiting }));
        }
        DropScan scan = await new DropResolver(storage).ScanAsync(cancellation);
        foreach (Drop drop in scan.Drops)
        {
            if (drop.Request is { } request && (wanted is null || wanted == request.Id || wanted == request.Job) && found.All(job => job.Id != request.Id))
                found.Add(new FoundJob(request.Id, request.Job, new JobStatus { State = JobState.Waiting }));
        }
        // What never became a job, as its name or its job.json can not be used, has left nothing but its error.
        await foreach (BlobEntry entry in storage.Results.ListAsync(cancellation: cancellation))
        {
            if (!entry.Name.EndsWith("/error.json", StringComparison.Ordinal) || await storage.Results.ReadJsonAsync<FailureReport>(entry.Name, cancellation) is not { } failure) continue;
            if ((wanted is null || wanted == failure.Id || wanted == failure.Job) && found.All(job => job.Id != failure.Id))
                found.Add(new FoundJob(failure.Id, failure.Job, JobStatus.Failed(failure.Error, failure.Step)));
        }
        if (wanted is not null && found.Count == 0)
            throw new PhotoStyleException(ErrorCode.OptionInvalid, $"There is no job '{BlobName.Printable(wanted)}': 'photostyle status' lists all.");
        return ([.. found.OrderBy(job => job.Job, StringComparer.Ordinal)], scan.Waiting);
    }
}
