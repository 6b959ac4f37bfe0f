using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>Where the results of jobs are.</summary>
public static class ResultFolder
{
    /// <summary>The folder of a job. One whose name can not be used has a made-up one, so that its error can be found.</summary>
    public static string Of(string job, string id) => BlobName.IsValid(job) ? job : $"invalid-{id}";
}
