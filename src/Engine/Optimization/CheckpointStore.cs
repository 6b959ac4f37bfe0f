using System.Diagnostics;

namespace PhotoStyle.Optimization;

/// <summary>Keeps the state of one minimisation in its checkpoint, behind a fingerprint of the problem it belongs to.</summary>
/// <param name="checkpoint">Where and how often.</param>
/// <param name="fingerprint">A hash of everything that the minimisation depends on.</param>
internal sealed class CheckpointStore(Checkpoint checkpoint, byte[] fingerprint)
{
    private long _saved = Stopwatch.GetTimestamp();

    /// <summary>The state that was saved, or null if there is none.</summary>
    /// <param name="applyInverseHessian0">The preconditioner of the minimisation.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.GradeInvalid"/>: it is damaged or belongs to another problem.</exception>
    public Lbfgs? Load(Action<ReadOnlySpan<double>, Span<double>> applyInverseHessian0)
    {
        using Stream? stream = checkpoint.Storage.Open();
        if (stream is null) return null;
        var found = new byte[fingerprint.Length];
        int read = stream.ReadAtLeast(found, found.Length, throwOnEndOfStream: false);
        if (read < found.Length || !found.AsSpan().SequenceEqual(fingerprint))
        {
            throw new PhotoStyleException(
                ErrorCode.GradeInvalid,
                $"The checkpoint {checkpoint.Storage.Name} belongs to another transfer or is damaged: give the photos and options it was made with, or delete it to begin anew.");
        }
        return Lbfgs.Load(stream, applyInverseHessian0);
    }

    /// <summary>Saves if the interval has passed since the last time.</summary>
    public void SaveIfDue(Lbfgs solver)
    {
        if (Stopwatch.GetElapsedTime(_saved) >= checkpoint.Interval) Save(solver);
    }

    /// <summary>Saves.</summary>
    public void Save(Lbfgs solver)
    {
        checkpoint.Storage.Save(stream =>
        {
            stream.Write(fingerprint);
            solver.Save(stream);
        });
        _saved = Stopwatch.GetTimestamp();
    }
}
