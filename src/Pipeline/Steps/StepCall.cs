using System.Diagnostics;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>What all steps have in common: they take time, and their user's errors are values.</summary>
internal static class StepCall
{
    /// <summary>Runs a step.</summary>
    /// <param name="step">Gives the value and whether it existed already.</param>
    public static async Task<StepOutcome<T>> RunAsync<T>(Func<Task<(T Value, bool Reused)>> step)
        where T : class
    {
        long began = Stopwatch.GetTimestamp();
        double Seconds() => Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds, 3);
        try
        {
            (T value, bool reused) = await step().ConfigureAwait(false);
            return new StepOutcome<T>(value, null, Seconds(), reused);
        }
        catch (PhotoStyleException e) when (e.Code is not (ErrorCode.StorageUnavailable or ErrorCode.OutputNotWritable))
        {
            return new StepOutcome<T>(null, TransferError.Of(e), Seconds(), false);
        }
    }
}
