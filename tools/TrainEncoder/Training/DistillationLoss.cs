using static TorchSharp.torch;

namespace PhotoStyle.TrainEncoder.Training;

/// <summary>How far the student is from its teachers on a batch, level by level.</summary>
internal static class DistillationLoss
{
    // Share of the batch's mean below which a picture's features no longer count relative to themselves: black pictures have none.
    private const double Floor = 0.05;

    // Relative distances below which two styles are the same.
    private const double SameStyle = 0.02;

    /// <summary>
    /// For each level the sum of: the relative squared error of the features; that of their Gram matrices; and the mean square by which the
    /// distances between the Gram matrices of two pictures, which are what a transfer minimises, differ from the teacher's, in logarithms.
    /// </summary>
    public static IReadOnlyList<LevelLoss> Of(Student student, IReadOnlyList<PooledPicture> batch)
    {
        IReadOnlyList<Tensor> levels = student.Encode(cat([.. batch.Select(p => p.Image)]));
        var losses = new List<LevelLoss>();
        for (int level = 0; level < levels.Count; level++)
        {
            int l = level;
            Tensor target = cat([.. batch.Select(p => p.Features[l])]).to(ScalarType.Float32), targetGram = cat([.. batch.Select(p => p.Grams[l])]);
            Tensor gram = GramDistances.Gram(levels[level]);
            Tensor features = Relative(levels[level], target), grams = Relative(gram, targetGram);
            Tensor distances = ((GramDistances.Relative(gram) + SameStyle).log() - (GramDistances.Relative(targetGram) + SameStyle).log()).square().mean();
            losses.Add(new LevelLoss(features, grams, distances));
        }
        return losses;
    }

    private static Tensor Relative(Tensor value, Tensor target)
    {
        Tensor error = (value - target).flatten(1).square().sum(1), norm = target.flatten(1).square().sum(1);
        return (error / (norm + Floor * norm.mean())).mean();
    }
}
