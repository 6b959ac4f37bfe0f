using System.Globalization;

namespace PhotoStyle.Cli.Output;

/// <summary>Durations for people.</summary>
internal static class Durations
{
    public static string Text(TimeSpan time)
    {
        if (time < TimeSpan.FromSeconds(10))
            return string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s");
        if (time < TimeSpan.FromSeconds(90))
            return string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F0} s");
        return time < TimeSpan.FromHours(1) ? $"{time.Minutes} min {time.Seconds:00} s" : $"{(int)time.TotalHours} h {time.Minutes:00} min";
    }
}
