using System.Text.Json;
using System.Text.RegularExpressions;

namespace PhotoStyle.Pipeline.Jobs;

/// <summary>Says what is wrong with JSON that a person wrote, without the names of our types.</summary>
public static partial class JsonMistake
{
    /// <summary>In half a sentence.</summary>
    public static string Of(JsonException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        string? place = exception.Path is { Length: > 2 } path ? path[2..] : null;
        string message = exception.Message.Split(" Path: ")[0].TrimEnd('.');
        // .NET says these with the names of types, and tells them from others by their words alone.
        if (message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal)) return $"there is nothing called {place ?? "that"}";
        if (message.Contains("could not be converted to", StringComparison.Ordinal)) return $"the value of {place ?? "its beginning"} is none of those that it can have";
        if (message.Contains("doesn't allow", StringComparison.Ordinal)) return $"{place ?? "one of its values"} is null";
        if (Missing().Match(message) is { Success: true } missing) return $"{(place is null ? "it" : place)} lacks {missing.Groups["names"].Value}";
        return exception.LineNumber is { } line ? FormattableString.Invariant($"in line {line + 1}, {message}") : message;
    }

    [GeneratedRegex("missing required properties including: (?<names>.+)")]
    private static partial Regex Missing();
}
