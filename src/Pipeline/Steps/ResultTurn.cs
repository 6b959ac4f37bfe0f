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
internal sealed class ResultTurn(IBlobContainer jobs, string job, string id)
{
    private readonly string _prefix = $"{JobRegistry.Turns}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(job)))[..32]}";

    /// <summary>Takes a number, the first time that a job asks.</summary>
    /// <returns>Whether it is the last one.</returns>
    public async Task<bool> TakeAsync(CancellationToken cancellation)
    {
        var names = new List<string>();
        await foreach (BlobEntry entry in jobs.ListAsync($"{_prefix}/", cancellation).ConfigureAwait(false)) names.Add(entry.Name);
        if (names.Any(IsOwn)) return IsOwn(names[^1]);
        int number = names.Count == 0 ? 0 : NumberOf(names[^1]) + 1;
        await jobs.TryCreateAsync(FormattableString.Invariant($"{_prefix}/{number:d9}-{id}"), Stream.Null, cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>Takes the folder for writing.</summary>
    /// <returns>To be disposed when all is written; null if a later job has the folder.</returns>
    public async Task<IAsyncDisposable?> TryHoldAsync(CancellationToken cancellation)
    {
        IAsyncDisposable hold = await jobs.HoldAsync($"{_prefix}.hold", cancellation).ConfigureAwait(false);
        try
        {
            if (await TakeAsync(cancellation).ConfigureAwait(false)) return hold;
        }
        catch
        {
            await hold.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        await hold.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    private bool IsOwn(string name) => name.EndsWith($"-{id}", StringComparison.Ordinal);

    private int NumberOf(string name) => int.Parse(name.AsSpan()[(_prefix.Length + 1)..name.LastIndexOf('-')], CultureInfo.InvariantCulture);
}
