using System.Diagnostics;

namespace PhotoStyle.Bench.Measurements;

/// <summary>What actions cost all cores together: on a machine that others use too, this varies less than the time that passes.</summary>
internal sealed class ProcessorTime
{
    private readonly List<double> _milliseconds = [];

    /// <summary>The median of what was measured.</summary>
    public double Median => _milliseconds.Order().ElementAt(_milliseconds.Count / 2);

    public void Measure(Action action)
    {
        using Process self = Process.GetCurrentProcess();
        TimeSpan before = self.TotalProcessorTime;
        action();
        self.Refresh();
        _milliseconds.Add((self.TotalProcessorTime - before).TotalMilliseconds);
    }
}
