using static TorchSharp.torch;

namespace PhotoStyle.Engine.Tests;

public sealed class TorchRuntimeTests
{
    [Fact]
    public void A_convolution_runs_in_this_process()
    {
        using var scope = NewDisposeScope();
        Tensor image = ones(1, 1, 4, 4), kernel = ones(1, 1, 3, 3);

        Tensor sums = nn.functional.conv2d(image, kernel);

        Assert.Equal([9f, 9f, 9f, 9f], sums.data<float>().ToArray());
    }
}
