using System.Text.Json;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Pipeline.Messages;

/// <summary>Messages as text. Clients of queues wrap it in base64, as Functions expects: see <see cref="PipelineQueues"/>.</summary>
public static class MessageJson
{
    /// <summary>Writes a message.</summary>
    public static string Write<T>(T message) => JsonSerializer.Serialize(message, PipelineJson.Options);

    /// <summary>Reads a request for a grade.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.JobInvalid"/>: it is damaged or of another version.</exception>
    public static OptimizeMessage ReadOptimize(string text) => Read<OptimizeMessage>(text, message => message.Version);

    /// <summary>Reads an answer.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.JobInvalid"/>: it is damaged or of another version.</exception>
    public static OptimizedMessage ReadOptimized(string text) => Read<OptimizedMessage>(text, message => message.Version);

    private static T Read<T>(string text, Func<T, int> version)
        where T : class
    {
        try
        {
            T message = JsonSerializer.Deserialize<T>(text, PipelineJson.Options) ?? throw new JsonException("it is null");
            return version(message) == PipelineJson.Version ? message : throw new JsonException(FormattableString.Invariant($"its version is {version(message)}, not {PipelineJson.Version}"));
        }
        catch (JsonException e)
        {
            throw new PhotoStyleException(ErrorCode.JobInvalid, $"The message is not one that this version can read ({e.Message}): run the same version everywhere.", e);
        }
    }
}
