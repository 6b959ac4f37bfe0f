using System.Runtime.InteropServices;
using TorchSharp;

namespace PhotoStyle.Engine.Tests;

[Collection(nameof(GlobalTorchState))]
public sealed class TorchRuntimeTests
{
    [Fact]
    public void A_convolution_runs_in_this_process()
    {
        TorchRuntime.Initialize();
        using var scope = torch.NewDisposeScope();
        torch.Tensor image = torch.arange(16).reshape(1, 1, 4, 4).to(torch.ScalarType.Float32), kernel = torch.ones(1, 1, 3, 3);

        torch.Tensor sums = torch.nn.functional.conv2d(image, kernel);

        Assert.Equal([45f, 54f, 81f, 90f], sums.data<float>().ToArray());
    }

    [Fact]
    public void Many_threads_may_initialize_at_once_and_again()
    {
        Parallel.For(0, 8, _ => TorchRuntime.Initialize());
        TorchRuntime.Initialize();

        Assert.Equal(TorchRuntime.ThreadCount(Environment.GetEnvironmentVariable(TorchRuntime.ThreadsVariable)), torch.get_num_threads());
    }

    [Fact]
    public void Initializing_leaves_the_random_seed_alone()
    {
        TorchRuntime.Initialize();
        using var scope = torch.NewDisposeScope();
        torch.random.manual_seed(7);
        float[] expected = torch.rand(4).data<float>().ToArray();

        torch.random.manual_seed(7);
        TorchRuntime.Initialize();

        Assert.Equal(expected, torch.rand(4).data<float>().ToArray());
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("12", 12)]
    public void The_setting_limits_the_threads(string setting, int threads) => Assert.Equal(threads, TorchRuntime.ThreadCount(setting));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_setting_all_cores_are_used(string? setting) => Assert.Equal(Environment.ProcessorCount, TorchRuntime.ThreadCount(setting));

    [Theory]
    [InlineData("0")]
    [InlineData("-2")]
    [InlineData("1025")]
    [InlineData("two")]
    public void A_setting_that_is_no_thread_count_is_refused(string setting) =>
        Assert.Equal(ErrorCode.OptionInvalid, Assert.Throws<PhotoStyleException>(() => TorchRuntime.ThreadCount(setting)).Code);

    [Fact]
    public void A_version_that_is_missing_is_named()
    {
        const string message = """
            Unable to load shared library 'LibTorchSharp' or one of its dependencies.
            /lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /app/runtimes/linux-x64/native/libLibTorchSharp.so)
            /app/LibTorchSharp.so: cannot open shared object file: No such file or directory
            """;

        Assert.Contains("/lib/x86_64-linux-gnu/libstdc++.so.6 of this system is older than GLIBCXX_3.4.32", TorchRuntime.Explain(message), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_is_named()
    {
        const string message = """
            Unable to load shared library 'LibTorchSharp' or one of its dependencies.
            /app/libLibTorchSharp.so: cannot open shared object file: No such file or directory
            libgcc_s.so.1: cannot open shared object file: No such file or directory
            """;

        Assert.Contains("because libgcc_s.so.1 is missing", TorchRuntime.Explain(message), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrapper_that_is_missing_is_told_with_the_system_that_needs_it()
    {
        string message = Assert.Throws<DllNotFoundException>(() => NativeLibrary.Load("NoLibTorchSharp", typeof(TorchRuntimeTests).Assembly, null)).Message;

        Assert.Contains(RuntimeInformation.RuntimeIdentifier, TorchRuntime.Explain(message), StringComparison.Ordinal);
    }
}
