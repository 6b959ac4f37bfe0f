namespace PhotoStyle.Pipeline.Jobs;

/// <summary>Words that stand for the values of an enumeration, in settings and addresses.</summary>
public static class Words
{
    /// <summary>The value that a word names, in any case. .NET's own reading takes numbers and lists for words.</summary>
    /// <param name="word">The word.</param>
    /// <returns>The value, or null if the word names none.</returns>
    public static T? Read<T>(string? word)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), word, StringComparison.OrdinalIgnoreCase)) return value;
        }
        return null;
    }
}
