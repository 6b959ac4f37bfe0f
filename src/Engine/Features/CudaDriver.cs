using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace PhotoStyle.Features;

/// <summary>What NVIDIA's driver tells of a GPU, and TorchSharp does not.</summary>
/// <remarks>CUDA Driver API, <i>Device Management</i>: cuInit, cuDeviceGet, cuDeviceGetAttribute, cuDeviceTotalMem.</remarks>
internal static unsafe class CudaDriver
{
    private const int ComputeCapabilityMajor = 75;

    private static readonly string s_library = OperatingSystem.IsWindows() ? "nvcuda" : "libcuda.so.1";

    /// <summary>The major number of the compute capability: 7 for a T4, 8 for an A100, 9 for an H100.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.PlatformUnsupported"/>: there is no driver, or it has no such device.</exception>
    public static int ComputeCapability(Device device)
    {
        int value;
        Require(((delegate* unmanaged<int*, int, int, int>)Function("cuDeviceGetAttribute"))(&value, ComputeCapabilityMajor, Handle(device)));
        return value;
    }

    /// <summary>Its memory in bytes.</summary>
    /// <exception cref="PhotoStyleException">As for <see cref="ComputeCapability"/>.</exception>
    public static long Memory(Device device)
    {
        nuint bytes;
        Require(((delegate* unmanaged<nuint*, int, int>)Function("cuDeviceTotalMem_v2"))(&bytes, Handle(device)));
        return (long)bytes;
    }

    private static int Handle(Device device)
    {
        Require(((delegate* unmanaged<uint, int>)Function("cuInit"))(0));
        int handle;
        Require(((delegate* unmanaged<int*, int, int>)Function("cuDeviceGet"))(&handle, Math.Max(device.index, 0)));
        return handle;
    }

    private static IntPtr Function(string name) =>
        NativeLibrary.TryLoad(s_library, out IntPtr library) && NativeLibrary.TryGetExport(library, name, out IntPtr function)
            ? function
            : throw new PhotoStyleException(ErrorCode.PlatformUnsupported, $"NVIDIA's driver ({s_library}) is missing or too old: install it, or choose the device cpu.");

    private static void Require(int result)
    {
        if (result != 0)
            throw new PhotoStyleException(ErrorCode.PlatformUnsupported, $"NVIDIA's driver does not answer for the GPU (CUDA error {result}): see what nvidia-smi says, or choose the device cpu.");
    }
}
