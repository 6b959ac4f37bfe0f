using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Drops;

/// <summary>Which versions of blobs were started as jobs, by marks in the container of jobs. Safe for several threads; each look is for one.</summary>
/// <param name="jobs">The container.</param>
internal sealed class StartedDrops(IBlobContainer jobs)
{
    private const string Marks = "drops/";

    /// <summary>Marks that come in one answer when all are listed.</summary>
    private const int MarksInList = 5000;

    private readonly IBlobContainer _jobs = jobs;

    /// <summary>Marks that are known to be there: looking each up every time would take longer than all else.</summary>
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Writes down that a drop was started.</summary>
    /// <param name="trigger">The blob.</param>
    /// <param name="id">The job's id.</param>
    /// <param name="cancellation">Stops the request.</param>
    public async Task AddAsync(BlobEntry trigger, string id, CancellationToken cancellation)
    {
        string mark = MarkOf(trigger);
        await _jobs.TryCreateAsync(mark, new MemoryStream(Encoding.ASCII.GetBytes(id)), cancellation).ConfigureAwait(false);
        Know(mark);
    }

    /// <summary>Begins to look at some blobs.</summary>
    public Look Begin() => new(this);

    private static string MarkOf(BlobEntry trigger) =>
        $"{Marks}{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { trigger.Name, trigger.ETag }, PipelineJson.Options)))}";

    private void Know(string mark)
    {
        lock (_known) _known.Add(mark);
    }

    /// <summary>Asks for one blob after the other, and lists all marks once that takes fewer requests.</summary>
    internal sealed class Look(StartedDrops all)
    {
        private int _asked;
        private bool _hasListed;

        /// <summary>Whether this version of a blob was started.</summary>
        public async Task<bool> HasAsync(BlobEntry trigger, CancellationToken cancellation)
        {
            string mark = MarkOf(trigger);
            int known;
            lock (all._known)
            {
                if (all._known.Contains(mark)) return true;
                known = all._known.Count;
            }
            if (_hasListed) return false;
            if (_asked++ <= known / MarksInList)
            {
                if (await all._jobs.FindAsync(mark, cancellation).ConfigureAwait(false) is null) return false;
                all.Know(mark);
                return true;
            }
            await foreach (BlobEntry entry in all._jobs.ListAsync(Marks, cancellation).ConfigureAwait(false)) all.Know(entry.Name);
            _hasListed = true;
            lock (all._known) return all._known.Contains(mark);
        }
    }
}
