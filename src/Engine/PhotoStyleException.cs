using System.Text.RegularExpressions;

namespace PhotoStyle;

/// <summary>An error that the user can mend. Its message is one sentence that says what is wrong and what to do; any other exception is a bug.</summary>
public sealed partial class PhotoStyleException(ErrorCode code, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Which of the known errors this is.</summary>
    public ErrorCode Code { get; } = code;

    /// <summary>The code as it is shown and written to files, for example <c>image-truncated</c>.</summary>
    public string CodeName => NameOf(Code);

    /// <summary>A code as it is shown and written to files.</summary>
    public static string NameOf(ErrorCode code) => WordStart().Replace(code.ToString(), "-$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}
