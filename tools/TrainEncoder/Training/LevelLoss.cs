using static TorchSharp.torch;

namespace PhotoStyle.TrainEncoder.Training;

/// <summary>The three parts of a level's loss, each a scalar tensor of about 1 where nothing has been learnt.</summary>
internal sealed record LevelLoss(Tensor Features, Tensor Grams, Tensor Distances)
{
    public Tensor Sum() => Features + Grams + Distances;
}
