using System.Runtime.InteropServices;
using PhotoStyle.Engine.Tests.Transfer;
using TorchSharp;

namespace PhotoStyle.Engine.Tests;

public sealed class MemoryLimitTests : IDisposable
{
    // Four petabytes.
    private const long TooMany = 1L << 50;

    private readonly SyntheticPair _pair = new();

    public void Dispose() => _pair.Dispose();

    [Fact]
    public void Libtorch_says_that_memory_ran_out_in_words_that_are_known()
    {
        TorchRuntime.Initialize();

        Assert.True(MemoryLimit.IsReached(Assert.ThrowsAny<Exception>(() => torch.empty(TooMany))));
    }

    [Theory]
    [InlineData("CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a total capacity of 15.77 GiB of which 11.75 MiB is free.", true)]
    [InlineData("CUDA error: out of memory", true)]
    [InlineData("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`", true)]
    [InlineData("CUDA error: device-side assert triggered", false)]
    [InlineData("The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 0", false)]
    public void Of_a_GPU_too_and_nothing_else_is_taken_for_it(string message, bool reached) => Assert.Equal(reached, MemoryLimit.IsReached(new Thrown(message)));

    [Theory]
    [InlineData(DeviceType.CUDA, "the GPU (cuda:0)")]
    [InlineData(DeviceType.CPU, "this machine")]
    public void It_is_said_whose_memory_it_is(DeviceType device, string whose)
    {
        PhotoStyleException told = MemoryLimit.Explain(new torch.Device(device, device == DeviceType.CUDA ? 0 : -1), new Thrown("CUDA out of memory"));

        Assert.Equal("memory-exhausted", told.CodeName);
        Assert.StartsWith($"The memory of {whose} does not suffice", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_solver_that_gets_no_memory_ends_in_an_error_that_the_user_can_mend()
    {
        PhotoStyleException told = Assert.Throws<PhotoStyleException>(() => SyntheticPair.Solve(_pair.LabelledContent, _pair.LabelledStyle, progress: _ => torch.empty(TooMany).Dispose()));

        Assert.Equal(ErrorCode.MemoryExhausted, told.Code);
    }

    /// <summary>What TorchSharp throws may not be thrown by others.</summary>
    private sealed class Thrown(string message) : ExternalException(message);
}
