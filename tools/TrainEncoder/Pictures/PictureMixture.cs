using PhotoStyle.Imaging;

namespace PhotoStyle.TrainEncoder.Pictures;

/// <summary>All sources together. The picture of an index depends on the index and the seed alone, so that training can go on from anywhere.</summary>
internal sealed class PictureMixture(IReadOnlyList<(IPictureSource Source, double Share)> sources, int seed, int side)
{
    // Of the pictures of pairs, those that stay as they are.
    private const double Ungraded = 0.35;

    /// <summary>Makes the two pictures of a pair: the same, each in its own grade.</summary>
    public IReadOnlyList<FloatImage> Pair(int index)
    {
        var random = new Random(HashCode(seed, index));
        double at = random.NextDouble() * sources.Sum(s => s.Share);
        IPictureSource source = sources[^1].Source;
        foreach ((IPictureSource candidate, double share) in sources)
        {
            source = candidate;
            if ((at -= share) < 0) break;
        }
        FloatImage picture = source.Make(random, side);
        return [.. Enumerable.Range(0, 2).Select(_ => random.NextDouble() < Ungraded ? picture : RandomGrade.Apply(picture, random))];
    }

    // The runtime's own hash differs from process to process.
    private static int HashCode(int seed, int index) => unchecked((seed * 73856093) ^ (index * 19349663));
}
