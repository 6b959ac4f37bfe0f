using Azure;

namespace PhotoStyle.Pipeline.Hosting;

/// <summary>Tells errors that may pass by themselves from bugs.</summary>
internal static class TransientErrors
{
    /// <summary>Whether doing it again may help: the storage did not answer or was busy.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
        // The client says so after its own tries.
        AggregateException all => all.InnerExceptions.All(IsTransient),
        HttpRequestException or IOException or TaskCanceledException => true,
        PhotoStyleException { Code: ErrorCode.StorageUnavailable or ErrorCode.OutputNotWritable } => true,
        _ => false,
    };

    /// <summary>The reason in one line.</summary>
    public static string Reason(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Reason(last),
        RequestFailedException failed => failed.ErrorCode ?? failed.Message.Split('\n')[0],
        _ => exception.Message.Split('\n')[0],
    };
}
