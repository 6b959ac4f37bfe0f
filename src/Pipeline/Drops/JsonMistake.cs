using System.Text.Json;

namespace PhotoStyle.Pipeline.Drops;

/// <summary>Says what is wrong with JSON that a person wrote, without the names of our types.</summary>
internal static class JsonMistake
{
    /// <summary>In half a sentence.</summary>
    public static string Of(JsonException exception)
    {
        string place = exception.Path is { Length: > 2 } path ? path[2..] : "its beginning";
        string message = exception.Message.Split(" Path: ")[0].TrimEnd('.');
        // .NET says both with the names of types, and tells them from others by their words alone.
        if (message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal)) return $"there is nothing called {place}";
        if (message.Contains("could not be converted to", StringComparison.Ordinal)) return $"the value of {place} is none of those that it can have";
        return exception.LineNumber is { } line ? FormattableString.Invariant($"in line {line + 1}, {message}") : message;
    }
}
