using PhotoStyle.Features;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Engine.Tests.Features;

public sealed class ComputeDeviceTests
{
    [Theory]
    [InlineData(ComputeDevice.Auto, true, true)]
    [InlineData(ComputeDevice.Auto, false, false)]
    [InlineData(ComputeDevice.Cpu, true, false)]
    [InlineData(ComputeDevice.Cpu, false, false)]
    [InlineData(ComputeDevice.Cuda, true, true)]
    public void A_choice_means_cuda_where_it_is_wanted_and_there(ComputeDevice choice, bool isAvailable, bool usesCuda) =>
        Assert.Equal(usesCuda, TorchRuntime.UsesCuda(choice, isAvailable));

    [Fact]
    public void Cuda_that_is_not_there_is_an_error_and_no_reason_to_take_the_processor()
    {
        PhotoStyleException error = Assert.Throws<PhotoStyleException>(() => TorchRuntime.UsesCuda(ComputeDevice.Cuda, isAvailable: false));

        Assert.Equal(ErrorCode.PlatformUnsupported, error.Code);
        Assert.Contains("LibTorch=cuda", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_device_is_what_this_system_has()
    {
        TorchRuntime.Initialize();
        bool isAvailable = cuda.is_available();

        Assert.Equal(DeviceType.CPU, TorchRuntime.DeviceOf(ComputeDevice.Cpu).type);
        Assert.Equal(isAvailable ? DeviceType.CUDA : DeviceType.CPU, TorchRuntime.DeviceOf(ComputeDevice.Auto).type);
        if (isAvailable) Assert.Equal(DeviceType.CUDA, TorchRuntime.DeviceOf(ComputeDevice.Cuda).type);
        else Assert.Equal(ErrorCode.PlatformUnsupported, Assert.Throws<PhotoStyleException>(() => TorchRuntime.DeviceOf(ComputeDevice.Cuda)).Code);
    }

    [Fact]
    public void Without_a_driver_nothing_is_guessed_of_a_gpu()
    {
        TorchRuntime.Initialize();
        if (cuda.is_available())
        {
            Assert.InRange(CudaDriver.ComputeCapability(CUDA), 3, 99);
            Assert.InRange(CudaDriver.Memory(CUDA), 1L << 30, 1L << 40);
            return;
        }
        var none = new Device(DeviceType.CUDA, 0);

        Assert.Equal(ErrorCode.PlatformUnsupported, Assert.Throws<PhotoStyleException>(() => CudaDriver.ComputeCapability(none)).Code);
        Assert.Equal(ErrorCode.PlatformUnsupported, Assert.Throws<PhotoStyleException>(() => CudaDriver.Memory(none)).Code);
        Assert.Equal(ErrorCode.PlatformUnsupported, Assert.Throws<PhotoStyleException>(() => Bfloat16Hardware.IsOn(none)).Code);
    }

    // On the device "meta" tensors have shapes and no values: enough to see where they are, too little to compute.
    [Fact]
    public void The_embedded_encoder_is_on_the_device_that_it_is_given()
    {
        using DisposeScope scope = NewDisposeScope();
        using IFeatureEncoder encoder = EncoderCatalog.Open(EmbeddedEncoder.Name, device: META);

        Assert.Equal(DeviceType.META, encoder.Device.type);
        Assert.All(Enumerable.Range(0, encoder.Levels.Count), level => Assert.Equal(DeviceType.META, encoder.Lift(level)!.device.type));
    }
}
