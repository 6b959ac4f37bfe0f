using System.Globalization;

namespace PhotoStyle.Cli.Output;

/// <summary>How far a download is, in words.</summary>
internal static class Megabytes
{
    public static string Text(long bytes, long? all) => all is { } length
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} of {length / 1e6:F1} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB");
}
