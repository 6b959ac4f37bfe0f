using System.Diagnostics;
using PhotoStyle.Imaging;

namespace PhotoStyle.Optimization;

/// <summary>Keeps the state of one minimisation in its checkpoint file, behind a fingerprint of the problem it belongs to.</summary>
/// <param name="checkpoint">The file.</param>
/// <param name="fingerprint">A hash of everything that the minimisation depends on.</param>
internal sealed class CheckpointStore(Checkpoint checkpoint, byte[] fingerprint)
{
    private long _saved = Stopwatch.GetTimestamp();

    /// <summary>The state in the file, or null if there is none.</summary>
    /// <param name="applyInverseHessian0">The preconditioner of the minimisation.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.GradeInvalid"/>: the file is damaged or belongs to another problem.</exception>
    public Lbfgs? Load(Action<ReadOnlySpan<double>, Span<double>> applyInverseHessian0)
    {
        if (!File.Exists(checkpoint.Path)) return null;
        using FileStream stream = InputFile.Open(checkpoint.Path);
        var found = new byte[fingerprint.Length];
        int read = stream.ReadAtLeast(found, found.Length, throwOnEndOfStream: false);
        if (read < found.Length || !found.AsSpan().SequenceEqual(fingerprint))
        {
            throw new PhotoStyleException(
                ErrorCode.GradeInvalid,
                $"The checkpoint {checkpoint.Path} belongs to another transfer or is damaged: give the photos and options it was made with, or delete it to begin anew.");
        }
        return Lbfgs.Load(stream, applyInverseHessian0);
    }

    /// <summary>Saves if the interval has passed since the last time.</summary>
    public void SaveIfDue(Lbfgs solver)
    {
        if (Stopwatch.GetElapsedTime(_saved) >= checkpoint.Interval) Save(solver);
    }

    /// <summary>Saves; the file is whole at any moment.</summary>
    public void Save(Lbfgs solver)
    {
        AtomicFile.Write(checkpoint.Path, stream =>
        {
            stream.Write(fingerprint);
            solver.Save(stream);
        });
        _saved = Stopwatch.GetTimestamp();
    }
}
