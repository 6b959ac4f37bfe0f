using Microsoft.Extensions.Logging;

namespace PhotoStyle.Functions;

/// <summary>All that the app itself logs. Names and ids only: no address that was given, no key, no content.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Job {Job} ({Id}) was started")]
    public static partial void Started(ILogger logger, string job, string id);

    [LoggerMessage(2, LogLevel.Information, "Job {Job} ({Id}) exists already: nothing was started")]
    public static partial void Duplicate(ILogger logger, string job, string id);

    [LoggerMessage(3, LogLevel.Warning, "The end of job {Job} could not be announced")]
    public static partial void NotAnnounced(ILogger logger, string job, Exception cause);

    [LoggerMessage(4, LogLevel.Information, "An answer of a worker came for {Id}, which does not wait any more")]
    public static partial void AnswerUnheard(ILogger logger, string id);

    [LoggerMessage(5, LogLevel.Warning, "The state or the progress of {Id} could not be written down: the solver goes on")]
    public static partial void NotWrittenDown(ILogger logger, string id, Exception cause);
}
