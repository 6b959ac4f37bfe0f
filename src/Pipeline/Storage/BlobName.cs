using System.Text;

namespace PhotoStyle.Pipeline.Storage;

/// <summary>Checks names that come from outside before they become part of other names, paths or addresses.</summary>
public static class BlobName
{
    /// <summary>Most characters of a name, so that names made from it stay below the 1024 of a blob.</summary>
    public const int MostCharacters = 500;

    private const int MostBytesOfPart = 255;

    /// <summary>Whether a name can be used: parts between <c>/</c> that are all names of files on every system and in every address.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MostCharacters && name.Split('/').All(IsValidPart);

    /// <summary>Checks a name.</summary>
    /// <returns>The name.</returns>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.NameInvalid"/>.</exception>
    public static string Require(string name) => IsValid(name) ? name : throw new PhotoStyleException(
        ErrorCode.NameInvalid,
        $"The name '{Printable(name)}' can not be used: give one of at most {MostCharacters} characters, without '..', '\\', ':', control characters, or points and spaces at the ends of its parts.");

    /// <summary>A name as it can be shown: cut, and without characters that do something.</summary>
    public static string Printable(string name)
    {
        string shown = name.Length > 80 ? name[..80] + "…" : name;
        return string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
    }

    private static bool IsValidPart(string part) =>
        part.Length > 0
        && Encoding.UTF8.GetByteCount(part) <= MostBytesOfPart
        && part[0] is not ('.' or ' ')
        && part[^1] is not ('.' or ' ')
        && !part.Any(c => char.IsControl(c) || c is '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' or '\u2028' or '\u2029' or '\uFFFD');
}
