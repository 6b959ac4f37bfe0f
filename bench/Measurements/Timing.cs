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

    /// <summary>Two actions in turn, so that a busy neighbour slows both; the median of their ratios is the third value.</summary>
    public static (double First, double Second, double Ratio) Alternating(Action first, Action second, int runs = 15)
    {
        var times = new (double First, double Second)[runs + 3];
        for (int i = 0; i < times.Length; i++)
        {
            long began = Stopwatch.GetTimestamp();
            first();
            long between = Stopwatch.GetTimestamp();
            second();
            times[i] = (Stopwatch.GetElapsedTime(began, between).TotalMilliseconds, Stopwatch.GetElapsedTime(between).TotalMilliseconds);
        }
        var warm = times.Skip(3).ToArray();
        double Middle(Func<(double First, double Second), double> value) => warm.Select(value).Order().ElementAt(runs / 2);
        return (Middle(t => t.First), Middle(t => t.Second), Middle(t => t.First / t.Second));
    }
}
