using System.Runtime.InteropServices;

namespace PhotoStyle.Imaging;

/// <summary>One block of pixels that libvips allocated, owned until disposed.</summary>
internal sealed class PixelMemory : SafeHandle
{
    private readonly long _bytes;

    public PixelMemory(IntPtr pixels, ulong bytes)
        : base(IntPtr.Zero, ownsHandle: true)
    {
        SetHandle(pixels);
        _bytes = checked((long)bytes);
        GC.AddMemoryPressure(_bytes);
    }

    public override bool IsInvalid => handle == IntPtr.Zero;

    public long Bytes => _bytes;

    protected override bool ReleaseHandle()
    {
        NetVips.NetVips.Free(handle);
        GC.RemoveMemoryPressure(_bytes);
        return true;
    }
}
