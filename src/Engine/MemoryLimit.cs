using System.Runtime.InteropServices;
using TorchSharp;

namespace PhotoStyle;

/// <summary>Tells that memory ran out, on a GPU or on this machine, from all else that libtorch throws.</summary>
internal static class MemoryLimit
{
    // libtorch has one exception for everything. CUDA's own allocator, the driver, both libraries of it that allocate by themselves, and the processor's allocator on Linux and Windows.
    private static readonly string[] s_words =
    [
        "CUDA out of memory", "CUDA error: out of memory", "CUBLAS_STATUS_ALLOC_FAILED", "CUDNN_STATUS_ALLOC_FAILED", "DefaultCPUAllocator: can't allocate memory", "DefaultCPUAllocator: not enough memory",
    ];

    /// <summary>Whether memory ran out.</summary>
    public static bool IsReached(Exception exception) =>
        exception is OutOfMemoryException || (exception is ExternalException && s_words.Any(word => exception.Message.Contains(word, StringComparison.Ordinal)));

    /// <summary>What a user can do about it.</summary>
    /// <param name="device">Where the encoder ran.</param>
    /// <param name="cause">What was thrown.</param>
    public static PhotoStyleException Explain(torch.Device device, Exception cause)
    {
        bool onGpu = cause is not OutOfMemoryException && device.type == DeviceType.CUDA;
        return new PhotoStyleException(
            ErrorCode.MemoryExhausted,
            $"The memory of {(onGpu ? $"the GPU ({device})" : "this machine")} does not suffice for this photo: choose a smaller size or a smaller encoder, or a {(onGpu ? "GPU" : "machine")} with more memory.",
            cause);
    }
}
