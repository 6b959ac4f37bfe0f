using System.Diagnostics;

namespace PhotoStyle.Bench.Measurements;

/// <summary>Medians of repeated runs, in milliseconds.</summary>
internal static class Timing
{
    public static double Median(Action action, int runs = 15)
    {
        for (int i = 0; i < 3; i++) action();
        double[] times = new double[runs];
        for (int i = 0; i < runs; i++)
        {
            long began = Stopwatch.GetTimestamp();
            action();
            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
        Array.Sort(times);
        return times[runs / 2];
    }
}
