namespace PhotoStyle.Pipeline.Drops;

/// <summary>What messages say of drops.</summary>
internal static class DropWords
{
    /// <summary>How a job is started again: by a new version of what started it.</summary>
    public const string Again = "drop the photo again, or job.json where the job has one";
}
