using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>Where the results of jobs are.</summary>
public static class ResultFolder
{
    private const string Suffix = ".photo";
    private static readonly string[] s_files = ["preview.jpg", "grade.safetensors", "result.json", "error.json", "report.html"];

    /// <summary>The folder of a job. One whose name can not be used has a made-up one, so that its error can be found.</summary>
    public static string Of(string job, string id) => BlobName.IsValid(job) ? Of(job) : $"invalid-{id}";

    /// <summary>
    /// The folder of a job with a valid name: of that name, but for photos that are called as a result is. The folder of a photo <c>x/output.jpg</c> would be where the
    /// job <c>x</c> has a file, which file systems do not have: it is <c>x/output.jpg.photo</c>.
    /// </summary>
    public static string Of(string job) => string.Join('/', job.Split('/').Select((part, index) => index > 0 && IsResult(part) ? part + Suffix : part));

    private static bool IsResult(string part)
    {
        string name = part.ToLowerInvariant();
        // What is called as such a folder is moved on, too.
        while (name.EndsWith(Suffix, StringComparison.Ordinal)) name = name[..^Suffix.Length];
        return s_files.Contains(name) || Path.GetFileNameWithoutExtension(name) == "output";
    }
}
