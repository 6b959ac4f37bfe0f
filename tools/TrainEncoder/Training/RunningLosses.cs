using TorchSharp;

namespace PhotoStyle.TrainEncoder.Training;

/// <summary>Means of the losses of several steps.</summary>
internal sealed class RunningLosses(int levels)
{
    private readonly double[][] _sums = [new double[levels], new double[levels], new double[levels]];
    private int _count;

    public void Add(IReadOnlyList<LevelLoss> losses)
    {
        for (int l = 0; l < losses.Count; l++)
        {
            _sums[0][l] += losses[l].Features.ToDouble();
            _sums[1][l] += losses[l].Grams.ToDouble();
            _sums[2][l] += losses[l].Distances.ToDouble();
        }
        _count++;
    }

    public HistoryRow Row(int step, double[] correlations)
    {
        double[] Mean(double[] sums) => [.. sums.Select(s => s / _count)];
        return new HistoryRow(step, Mean(_sums[0]), Mean(_sums[1]), Mean(_sums[2]), correlations);
    }
}
