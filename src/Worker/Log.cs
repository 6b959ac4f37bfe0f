namespace PhotoStyle.Worker;

/// <summary>All that the worker itself logs. Names and ids only: no key, no content.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Worker {Worker} takes messages of the queue {Queue} of {Storage}")]
    public static partial void Started(ILogger logger, string worker, string storage, string queue);

    [LoggerMessage(2, LogLevel.Information, "Worker {Worker} stopped")]
    public static partial void Stopped(ILogger logger, string worker);

    [LoggerMessage(3, LogLevel.Information, "Job {Job} ({Id}) is optimised: grade {Grade}, try {Try}")]
    public static partial void Begun(ILogger logger, string job, string id, string grade, long @try);

    [LoggerMessage(4, LogLevel.Information, "Job {Id} was answered: {Outcome} after {Seconds} s, grade existed before: {Reused}")]
    public static partial void Ended(ILogger logger, string id, string outcome, double seconds, bool reused);

    [LoggerMessage(5, LogLevel.Information, "Job {Id} was cancelled")]
    public static partial void Cancelled(ILogger logger, string id);

    [LoggerMessage(6, LogLevel.Information, "Job {Id} is handed back with its checkpoint, since this worker stops")]
    public static partial void HandedBack(ILogger logger, string id);

    [LoggerMessage(7, LogLevel.Warning, "Job {Id} could not be handed back: it comes back when its message is visible again")]
    public static partial void HandingBackFailed(ILogger logger, string id, Exception cause);

    [LoggerMessage(8, LogLevel.Warning, "The message of job {Id} has gone to another worker")]
    public static partial void Lost(ILogger logger, string id);

    [LoggerMessage(9, LogLevel.Warning, "Message {Message} can not be read and was put on the poison queue: {Reason}")]
    public static partial void Unreadable(ILogger logger, string message, string reason);

    [LoggerMessage(10, LogLevel.Error, "Try {Try} of {Most} of job {Id} failed")]
    public static partial void TryFailed(ILogger logger, string id, long @try, int most, Exception cause);

    [LoggerMessage(11, LogLevel.Error, "Job {Id} was put on the poison queue after {Most} tries: {Reason}")]
    public static partial void GivenUp(ILogger logger, string id, int most, string reason);

    [LoggerMessage(12, LogLevel.Warning, "The message of job {Id} could not be renewed")]
    public static partial void RenewalFailed(ILogger logger, string id, Exception cause);

    [LoggerMessage(13, LogLevel.Warning, "Progress of job {Id} could not be told")]
    public static partial void ProgressNotSent(ILogger logger, string id, Exception cause);

    [LoggerMessage(14, LogLevel.Warning, "A checkpoint of job {Id} could not be written; the next one makes up for it")]
    public static partial void CheckpointFailed(ILogger logger, string id, Exception cause);

    [LoggerMessage(15, LogLevel.Error, "The storage does not answer as expected")]
    public static partial void LoopFailed(ILogger logger, Exception cause);

    [LoggerMessage(16, LogLevel.Information, "Encoders run on {Device}")]
    public static partial void Device(ILogger logger, string device);
}
