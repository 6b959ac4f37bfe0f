using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>
/// Jobs of one name share a folder of results: a photo that is replaced while its job runs is another job of the same name. The one that began last has the folder;
/// one that was overtaken writes nothing there, and no two write at once.
/// </summary>
/// <remarks>
/// A job takes its number before it reads its photos: whoever has the highest one has read the newest photo. Two that take one at the very same moment may get the same
/// number; then their ids decide, for all who look.
/// </remarks>
/// <param name="jobs">The container of jobs.</param>
/// <param name="alone">Whether no other process works on the storage: who took a number last and who writes are known here then. The numbers are written all the same, for the next start.</param>
internal sealed class ResultTurns(IBlobContainer jobs, bool alone)
{
    /// <summary>A job that was forgotten is looked up in the storage.</summary>
    private const int MostRemembered = 10_000;

    private readonly KeyedLock _names = new();

    /// <summary>By the name of the turn, the job that took the last number here.</summary>
    private readonly ConcurrentDictionary<string, string> _last = new(StringComparer.Ordinal);

    /// <summary>Takes a number, the first time that a job asks.</summary>
    public async Task TakeAsync(string job, string id, CancellationToken cancellation)
    {
        string turn = NameOf(job);
        await using IAsyncDisposable? hold = alone ? await _names.TakeAsync(turn, cancellation).ConfigureAwait(false) : null;
        await TakeNumberAsync(turn, id, cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes the folder for writing.</summary>
    /// <returns>To be disposed when all is written; null if a later job has the folder.</returns>
    public async Task<IAsyncDisposable?> TryHoldAsync(string job, string id, CancellationToken cancellation)
    {
        string turn = NameOf(job);
        IAsyncDisposable hold = alone
            ? await _names.TakeAsync(turn, cancellation).ConfigureAwait(false)
            : await jobs.HoldAsync($"{turn}.hold", cancellation).ConfigureAwait(false);
        try
        {
            if (alone && _last.GetValueOrDefault(turn) == id) return hold;
            if (await TakeNumberAsync(turn, id, cancellation).ConfigureAwait(false)) return hold;
        }
        catch
        {
            await hold.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        await hold.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    /// <returns>Whether the job's number is the last one.</returns>
    private async Task<bool> TakeNumberAsync(string turn, string id, CancellationToken cancellation)
    {
        var names = new List<string>();
        await foreach (BlobEntry entry in jobs.ListAsync($"{turn}/", cancellation).ConfigureAwait(false)) names.Add(entry.Name);
        if (names.Any(name => IdOf(name) == id))
        {
            Remember(turn, IdOf(names[^1]));
            return IdOf(names[^1]) == id;
        }
        int number = names.Count == 0 ? 0 : int.Parse(names[^1].AsSpan()[(turn.Length + 1)..names[^1].LastIndexOf('-')], CultureInfo.InvariantCulture) + 1;
        await jobs.TryCreateAsync(FormattableString.Invariant($"{turn}/{number:d9}-{id}"), Stream.Null, cancellation).ConfigureAwait(false);
        Remember(turn, id);
        return true;
    }

    private void Remember(string turn, string last)
    {
        if (!alone) return;
        if (_last.Count >= MostRemembered) _last.Clear();
        _last[turn] = last;
    }

    private static string NameOf(string job) => $"{JobRegistry.Turns}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(job)))[..32]}";

    private static string IdOf(string name) => name[(name.LastIndexOf('-') + 1)..];
}
