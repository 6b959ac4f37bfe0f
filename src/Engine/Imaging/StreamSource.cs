using NetVips;

namespace PhotoStyle.Imaging;

/// <summary>Lets libvips read what it needs from a .NET stream that can seek, and keeps the stream's own exception, which must not cross native code.</summary>
internal sealed class StreamSource : SourceCustom
{
    public StreamSource(Stream stream)
    {
        stream.Position = 0;
        OnRead += (buffer, length) => (int)Guard(() => stream.Read(buffer, 0, length));
        OnSeek += (offset, origin) => Guard(() => stream.Seek(offset, origin));
    }

    /// <summary>The stream's first exception.</summary>
    public Exception? Failure { get; private set; }

    private long Guard(Func<long> step)
    {
        try
        {
            return step();
        }
        catch (Exception e)
        {
            Failure ??= e;
            return -1;
        }
    }
}
