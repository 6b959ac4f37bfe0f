using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Jobs;

/// <summary>
/// Which jobs there are, in the container <c>jobs</c>: <c>runs/&lt;id&gt;/request.json</c>, <c>status.json</c> while it runs, <c>done.json</c> when it is done and, where a user
/// wants it stopped, <c>cancel</c>.
/// </summary>
/// <param name="jobs">The container.</param>
public sealed class JobRegistry(IBlobContainer jobs)
{
    /// <summary>Where all of that is. It may be deleted some weeks after a job has ended.</summary>
    public const string Runs = "runs";

    /// <summary>Where jobs of one name take their turns. It may be deleted likewise; what else is in the container may not.</summary>
    public const string Turns = "turns";

    /// <summary>Adds a job.</summary>
    /// <returns>Whether it is new; false if the same job is known already.</returns>
    public Task<bool> TryAddAsync(TransferRequest request, CancellationToken cancellation = default) =>
        jobs.TryCreateJsonAsync($"{FolderOf(request.Id)}/request.json", request, cancellation);

    /// <summary>Waits until nobody else starts a job, here or in another process: two that look at once whether it was started would both find that it was not.</summary>
    /// <returns>To be disposed when it is started.</returns>
    public Task<IAsyncDisposable> HoldStartAsync(string id, CancellationToken cancellation = default) => jobs.HoldAsync($"{FolderOf(id)}/start", cancellation);

    /// <summary>What a job was asked for; null if there is no such job.</summary>
    public Task<TransferRequest?> RequestAsync(string id, CancellationToken cancellation = default) =>
        IsId(id) ? jobs.ReadJsonAsync<TransferRequest>($"{FolderOf(id)}/request.json", cancellation) : Task.FromResult<TransferRequest?>(null);

    /// <summary>Where a job stands, as its host wrote it last; null if it has not begun.</summary>
    public async Task<JobStatus?> StatusAsync(string id, CancellationToken cancellation = default)
    {
        if (!IsId(id)) return null;
        return await jobs.ReadJsonAsync<JobStatus>($"{FolderOf(id)}/done.json", cancellation).ConfigureAwait(false)
            ?? await jobs.ReadJsonAsync<JobStatus>($"{FolderOf(id)}/status.json", cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes down how a job ended: it is not taken up again.</summary>
    public Task FinishAsync(string id, JobStatus status, CancellationToken cancellation = default) => jobs.WriteJsonAsync($"{FolderOf(id)}/done.json", status, cancellation);

    /// <summary>Writes where a job stands.</summary>
    public Task SetStatusAsync(string id, JobStatus status, CancellationToken cancellation = default) => jobs.WriteJsonAsync($"{FolderOf(id)}/status.json", status, cancellation);

    /// <summary>Asks for a job to be stopped, wherever it runs.</summary>
    public Task CancelAsync(string id, CancellationToken cancellation = default) =>
        IsId(id) ? jobs.TryCreateAsync($"{FolderOf(id)}/cancel", new MemoryStream("cancel"u8.ToArray()), cancellation) : Task.CompletedTask;

    /// <summary>Whether a job is to be stopped. Hosts and workers ask now and then.</summary>
    public async Task<bool> IsCancelledAsync(string id, CancellationToken cancellation = default) =>
        await jobs.FindAsync($"{FolderOf(id)}/cancel", cancellation).ConfigureAwait(false) is not null;

    /// <summary>The ids of all jobs.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation = default)
    {
        var ids = new List<string>();
        await foreach (BlobEntry entry in jobs.ListAsync($"{Runs}/", cancellation).ConfigureAwait(false))
        {
            if (entry.Name.Split('/') is [_, string id, "request.json"]) ids.Add(id);
        }
        return ids;
    }

    /// <summary>The ids of jobs that are not done, in the order in which they were added.</summary>
    public async Task<IReadOnlyList<string>> UnfinishedAsync(CancellationToken cancellation = default)
    {
        List<(string Id, DateTimeOffset Added)> open = [];
        HashSet<string> done = [];
        await foreach (BlobEntry entry in jobs.ListAsync($"{Runs}/", cancellation).ConfigureAwait(false))
        {
            if (entry.Name.Split('/') is not [_, string id, string file]) continue;
            if (file == "request.json") open.Add((id, entry.Modified));
            if (file == "done.json") done.Add(id);
        }
        return [.. open.Where(job => !done.Contains(job.Id)).OrderBy(job => job.Added).Select(job => job.Id)];
    }

    /// <summary>The folder of a job.</summary>
    internal static string FolderOf(string id) => $"{Runs}/{id}";

    /// <summary>Whether a text can be the id of a job: what comes from outside does not become part of a name unchecked.</summary>
    public static bool IsId(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigitLower);
}
