using PhotoStyle.Pipeline.Drops;

namespace PhotoStyle.Pipeline.Jobs;

/// <summary>Why a job failed.</summary>
/// <param name="Code">One of the codes of <see cref="ErrorCode"/> in kebab case, <see cref="Cancelled"/> or <see cref="Bug"/>.</param>
/// <param name="Message">One sentence that says what is wrong and what to do.</param>
public sealed record TransferError(string Code, string Message)
{
    /// <summary>The code of jobs that were cancelled.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The code of what should never happen.</summary>
    public const string Bug = "bug";

    private static readonly string s_superseded = PhotoStyleException.NameOf(ErrorCode.Superseded);

    /// <summary>The state of a job that ended so.</summary>
    public JobState ToState() => Code == Cancelled || Code == s_superseded ? JobState.Cancelled : JobState.Failed;

    /// <summary>An error that the user can mend: doing it again without a change is of no use.</summary>
    public static TransferError Of(PhotoStyleException error) => new(error.CodeName, error.Message);

    /// <summary>The job was cancelled.</summary>
    public static TransferError OfCancellation() => new(Cancelled, $"The job was cancelled: to start anew, {DropWords.Again}.");

    /// <summary>A bug.</summary>
    public static TransferError OfBug(Exception bug) =>
        new(Bug, $"This is a bug ({bug.GetType().Name}: {bug.Message.ReplaceLineEndings(" ")}): please report it with this file.");
}
