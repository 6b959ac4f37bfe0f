using System.Runtime.Intrinsics.X86;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Features;

/// <summary>Whether a device multiplies 16-bit floats itself.</summary>
internal static class Bfloat16Hardware
{
    // GPUs multiply such numbers from Ampere on; the T4 of many clouds is of the generation before and only imitates them.
    private const int FirstGpu = 8;

    // Intel's manual of instructions, CPUID leaf 7: sub-leaf 1, EAX bit 5 is AVX512_BF16; sub-leaf 0, EDX bit 22 is AMX-BF16.
    private const int FeatureLeaf = 7, Avx512Bit = 5, AmxBit = 22;

    /// <summary>Whether bfloat16 pays on a device.</summary>
    public static bool IsOn(Device device) => device.type switch
    {
        DeviceType.CPU => OfProcessor,
        DeviceType.CUDA => CudaDriver.ComputeCapability(device) >= FirstGpu,
        _ => false,
    };

    private static bool OfProcessor
    {
        get
        {
            // Not there at all, or not saved by the operating system.
            if (!X86Base.IsSupported || !Avx512F.IsSupported || X86Base.CpuId(0, 0).Eax < FeatureLeaf) return false;
            (int subleaves, _, _, int amx) = X86Base.CpuId(FeatureLeaf, 0);
            bool avx512 = subleaves >= 1 && (X86Base.CpuId(FeatureLeaf, 1).Eax & (1 << Avx512Bit)) != 0;
            return avx512 || (amx & (1 << AmxBit)) != 0;
        }
    }
}
