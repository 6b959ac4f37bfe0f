using System.Runtime.ExceptionServices;
using NetVips;

namespace PhotoStyle.Imaging;

/// <summary>Lets libvips write to a .NET stream and keeps the stream's own exception, which must not cross native code.</summary>
internal static class StreamTarget
{
    public static void Use(Stream stream, Action<Target> encode)
    {
        Exception? failure = null;
        long Guard(Func<long> step)
        {
            try
            {
                return step();
            }
            catch (Exception e)
            {
                failure ??= e;
                return -1;
            }
        }

        using var target = new TargetCustom();
        target.OnWrite += (buffer, length) => Guard(() =>
        {
            stream.Write(buffer, 0, length);
            return length;
        });
        target.OnRead += (buffer, length) => (int)Guard(() => stream.Read(buffer, 0, length));
        target.OnSeek += (offset, origin) => Guard(() => stream.Seek(offset, origin));
        try
        {
            encode(target);
        }
        catch (VipsException) when (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }
}
