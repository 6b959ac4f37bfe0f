using System.Diagnostics;

namespace PhotoStyle.Optimization;

/// <summary>Keeps the state of one minimisation in its checkpoint, behind a fingerprint of the problem it belongs to.</summary>
/// <param name="checkpoint">Where and how often.</param>
/// <param name="fingerprint">A hash of everything that the minimisation depends on.</param>
internal sealed class CheckpointStore(Checkpoint checkpoint, byte[] fingerprint)
{
    // The state of millions of unknowns takes a while to write: at most so much of the time goes into it.
    private const double MostShare = 0.03;

    private long _saved = Stopwatch.GetTimestamp();
    private TimeSpan _writing;

    /// <summary>Reads the state that was saved, or returns null if there is none.</summary>
    /// <param name="read">Reads it from behind the fingerprint.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.GradeInvalid"/>: it is damaged or belongs to another problem.</exception>
    public T? Load<T>(Func<Stream, T> read)
        where T : class
    {
        using Stream? stream = checkpoint.Storage.Open();
        if (stream is null) return null;
        var found = new byte[fingerprint.Length];
        int count = stream.ReadAtLeast(found, found.Length, throwOnEndOfStream: false);
        if (count < found.Length || !found.AsSpan().SequenceEqual(fingerprint))
        {
            throw new PhotoStyleException(
                ErrorCode.GradeInvalid,
                $"The checkpoint {checkpoint.Storage.Name} belongs to another transfer or is damaged: give the photos and options it was made with, or delete it to begin anew.");
        }
        return read(stream);
    }

    /// <summary>Saves if the interval has passed since the last time.</summary>
    /// <param name="write">Writes the state.</param>
    public void SaveIfDue(Action<Stream> write)
    {
        TimeSpan since = Stopwatch.GetElapsedTime(_saved);
        if (since < checkpoint.Interval) return;
        // No interval means each time.
        if (checkpoint.Interval == TimeSpan.Zero || since * MostShare >= _writing) Save(write);
    }

    /// <summary>Saves.</summary>
    /// <param name="write">Writes the state.</param>
    public void Save(Action<Stream> write)
    {
        long began = Stopwatch.GetTimestamp();
        checkpoint.Storage.Save(stream =>
        {
            stream.Write(fingerprint);
            write(stream);
        });
        _saved = Stopwatch.GetTimestamp();
        _writing = Stopwatch.GetElapsedTime(began, _saved);
    }
}
