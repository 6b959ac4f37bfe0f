using PhotoStyle.Features;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Transfer;
using TorchSharp;

namespace PhotoStyle.Pipeline.Tests.Steps;

public sealed class DeviceTests
{
    [Theory]
    [InlineData(null, ComputeDevice.Auto)]
    [InlineData("", ComputeDevice.Auto)]
    [InlineData("auto", ComputeDevice.Auto)]
    [InlineData("cpu", ComputeDevice.Cpu)]
    [InlineData("CUDA", ComputeDevice.Cuda)]
    public void The_setting_is_a_word(string? value, ComputeDevice device) => Assert.Equal(device, DeviceSetting.Read(value));

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:1")]
    [InlineData("2")]
    public void Another_word_is_refused(string value)
    {
        PhotoStyleException error = Assert.Throws<PhotoStyleException>(() => DeviceSetting.Read(value));

        Assert.Equal(ErrorCode.OptionInvalid, error.Code);
        Assert.Contains($"PhotoStyle__Device is '{value}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encoders_of_jobs_run_where_the_host_is_told_to_or_not_at_all()
    {
        using EncoderCache processor = new(ComputeDevice.Cpu), gpu = new(ComputeDevice.Cuda);
        IFeatureEncoder Open(EncoderCache cache) => cache.Get(EmbeddedEncoder.Name, Precision.Auto, new TransferOptions());

        Assert.Equal(DeviceType.CPU, Open(processor).Device.type);
        if (torch.cuda.is_available()) Assert.Equal(DeviceType.CUDA, Open(gpu).Device.type);
        else Assert.Equal(ErrorCode.PlatformUnsupported, Assert.Throws<PhotoStyleException>(() => Open(gpu)).Code);
    }
}
