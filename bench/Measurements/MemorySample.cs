using System.Globalization;
using System.Runtime.InteropServices;

namespace PhotoStyle.Bench.Measurements;

/// <summary>What the process holds at one moment, in bytes.</summary>
/// <param name="Resident">Memory that is resident, in all.</param>
/// <param name="Managed">Objects of the managed heap, those not collected yet included.</param>
/// <param name="Committed">What the managed heap holds of the system.</param>
/// <param name="Native">Blocks that native code has allocated and not freed.</param>
/// <param name="NativeFree">Freed blocks that the C library keeps.</param>
/// <param name="Tensors">Tensors that exist, a number.</param>
internal sealed partial record MemorySample(long Resident, long Managed, long Committed, long Native, long NativeFree, long Tensors)
{
    /// <summary>The names of the columns of <see cref="ToString"/>.</summary>
    public const string Head = "resident  managed  committed  native  native free  tensors";

    /// <summary>Now.</summary>
    public static MemorySample Take()
    {
        Blocks blocks = OperatingSystem.IsLinux() ? NativeBlocks() : default;
        return new MemorySample(
            Environment.WorkingSet, GC.GetTotalMemory(false), GC.GetGCMemoryInfo().TotalCommittedBytes, (long)(blocks.Used + blocks.Mapped), (long)blocks.Free, TorchSharp.torch.Tensor.TotalCount);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Resident >> 20,8}  {Managed >> 20,7}  {Committed >> 20,9}  {Native >> 20,6}  {NativeFree >> 20,11}  {Tensors,7}");

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    private static partial Blocks NativeBlocks();

    /// <summary>glibc's <c>struct mallinfo2</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Blocks
    {
        private readonly nuint _arena, _ordinary, _small, _mappings;
        public readonly nuint Mapped;
        private readonly nuint _most, _smallFree;
        public readonly nuint Used, Free;
        private readonly nuint _top;
    }
}
