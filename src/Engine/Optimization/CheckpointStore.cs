namespace PhotoStyle.Optimization;

/// <summary>Keeps the state of one minimisation in its checkpoint, behind a fingerprint of the problem it belongs to.</summary>
/// <remarks>
/// However long iterations, or the way of a state to its place, take, no more work than <see cref="Checkpoint.MostLoss"/> is at stake, as far as one iteration takes no
/// longer than that, nor than those before it. What counts is time in which the solver worked: while it waits here it loses nothing.
/// </remarks>
/// <param name="checkpoint">Where and how often.</param>
/// <param name="fingerprint">A hash of everything that the minimisation depends on.</param>
/// <param name="time">The clock; that of the system if null.</param>
internal sealed class CheckpointStore(Checkpoint checkpoint, byte[] fingerprint, TimeProvider? time = null)
{
    // The state of millions of unknowns takes a while to write: no more than so much of the time goes into it, unless too much would be at stake.
    private const double MostShare = 0.03;

    // The longest of so many iterations says how long the next one may take: a search along a line now and then takes several evaluations.
    private const int Remembered = 20;

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Work done, and of it what the state that was saved last holds, and what the last one holds that is known to be safe.</summary>
    private TimeSpan _worked, _saved, _safe;

    private readonly Queue<TimeSpan> _iterations = new(Remembered);

    /// <summary>What saving took the last time.</summary>
    private TimeSpan _writing;

    /// <summary>When the solver went to work last.</summary>
    private long _resumed = (time ?? TimeProvider.System).GetTimestamp();

    private TimeSpan MostLoss => checkpoint.Interval > checkpoint.MostLoss ? checkpoint.Interval : checkpoint.MostLoss;

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
        T state = read(stream);
        _resumed = _time.GetTimestamp();
        return state;
    }

    /// <summary>Called after each iteration: saves if it is time to, and waits for the state to be safe if the next iteration would put too much at stake.</summary>
    /// <param name="write">Writes the state.</param>
    public void SaveIfDue(Action<Stream> write)
    {
        TimeSpan iteration = _time.GetElapsedTime(_resumed);
        _worked += iteration;
        if (_iterations.Count == Remembered) _iterations.Dequeue();
        _iterations.Enqueue(iteration);
        TimeSpan next = _iterations.Max();
        if (checkpoint.Storage.IsSafe(wait: false)) _safe = _saved;
        // Saved one iteration early, it can be on its way during that one.
        if (IsDue(_worked - _saved) || _worked + 2 * next - _safe > MostLoss) Save(write);
        if (_worked + next - _safe > MostLoss && checkpoint.Storage.IsSafe(wait: true)) _safe = _saved;
        _resumed = _time.GetTimestamp();
    }

    /// <summary>Called when solving has ended: saves unless that would be too early anywhere else. Of a short run the state takes longer to keep than to make again.</summary>
    /// <param name="write">Writes the state.</param>
    public void SaveEnd(Action<Stream> write)
    {
        if (_worked - _saved >= checkpoint.Interval) Save(write);
    }

    /// <summary>Saves.</summary>
    /// <param name="write">Writes the state.</param>
    public void Save(Action<Stream> write)
    {
        long began = _time.GetTimestamp();
        checkpoint.Storage.Save(stream =>
        {
            stream.Write(fingerprint);
            write(stream);
        });
        _writing = _time.GetElapsedTime(began);
        _saved = _worked;
    }

    /// <summary>No interval means each time.</summary>
    private bool IsDue(TimeSpan unsaved) =>
        checkpoint.Interval == TimeSpan.Zero || (unsaved >= checkpoint.Interval && unsaved * MostShare >= _writing);
}
