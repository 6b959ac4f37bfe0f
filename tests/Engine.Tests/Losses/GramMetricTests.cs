using PhotoStyle.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Engine.Tests.Losses;

public sealed class GramMetricTests
{
    // Less than a vector register, and some registers with a rest.
    [Theory]
    [InlineData(3)]
    [InlineData(21)]
    public void The_loops_of_the_processor_and_the_products_of_a_device_agree_with_the_lifted_difference(int size)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor lift = Values(size + 2, size, seed: 1), any = Values(size, size, seed: 2), difference = any + any.t();
        using var metric = new GramMetric(lift);

        Tensor measured = metric.Apply(difference), onDevice = GramMetric.Apply(lift.t().mm(lift), difference);

        Assert.True(measured.allclose(onDevice, 1e-12, 1e-12));
        double norm = lift.mm(difference).mm(lift.t()).square().sum().ToDouble();
        Assert.Equal(1, measured.mul(difference).sum().ToDouble() / norm, 1e-10);
    }

    private static Tensor Values(int rows, int columns, int seed) => tensor(FiniteDifference.RandomDirection(rows * columns, seed)).reshape(rows, columns);
}
