namespace PhotoStyle.Segmentation.Clustering;

/// <summary>How strongly the areas of a photo belong together: neighbours with no edge between them, and areas that look the same wherever they lie.</summary>
/// <remarks>The second kind is that of Chen, Li, Tang, <i>KNN Matting</i> (2012): through a gap one sees the same sky.</remarks>
internal sealed class AreaBonds
{
    // In squared deviations over the photo: at such a difference of colour, texture and place a bond is 1/e of what it is at none.
    private const double Contrast = 0.5;

    // So many areas that look like it share with an area what one neighbour all around it would have.
    private const int Likenesses = 8;

    // How much a deviation of place counts among those of colour.
    private const double Place = 0.5;

    private readonly SortedDictionary<int, double>[] _bonds;

    private AreaBonds(SortedDictionary<int, double>[] bonds) => _bonds = bonds;

    /// <summary>The bonds of each area, ascending; those of a pair are in both lists.</summary>
    public IReadOnlyList<IReadOnlyDictionary<int, double>> All => _bonds;

    /// <summary>Ties areas together.</summary>
    /// <param name="looks">N vectors that tell which areas look alike, in deviations over the photo.</param>
    /// <param name="places">N vectors: where each area lies, in deviations of a uniform distribution.</param>
    /// <param name="graph">What lies beside what.</param>
    public static AreaBonds Of(double[][] looks, double[][] places, AreaGraph graph)
    {
        double[][] placed = [.. looks.Zip(places, (look, place) => (double[])[.. look, .. place.Select(value => Place * value)])];
        var likenesses = new (int Area, double Distance)[looks.Length][];
        Parallel.For(0, looks.Length, i => likenesses[i] =
            [.. Enumerable.Range(0, looks.Length).Where(j => j != i).Select(j => (Area: j, Distance: AreaVectors.Distance(placed[i], placed[j]))).OrderBy(pair => pair.Distance).Take(Likenesses)]);
        SortedDictionary<int, double>[] bonds = [.. looks.Select(_ => new SortedDictionary<int, double>())];
        for (int i = 0; i < looks.Length; i++)
        {
            double length = graph.Neighbours[i].Sum(beside => beside.Length);
            foreach ((int area, int border) in graph.Neighbours[i]) Add(i, area, border / length, AreaVectors.Distance(looks[i], looks[area]));
            foreach ((int area, double distance) in likenesses[i]) Add(i, area, 1.0 / Likenesses, distance);
        }

        return new AreaBonds(bonds);

        // Half of it from either side, so that both see the same.
        void Add(int one, int other, double share, double distance)
        {
            double bond = share * Math.Exp(-distance / Contrast) / 2;
            bonds[one][other] = bonds[one].GetValueOrDefault(other) + bond;
            bonds[other][one] = bonds[other].GetValueOrDefault(one) + bond;
        }
    }

    /// <summary>The share of the bonds of one of two clusters, the one that has fewer, that reach to the other; small where edges lie between them.</summary>
    /// <param name="labels">The cluster of each area.</param>
    /// <param name="one">A cluster.</param>
    /// <param name="other">Another one.</param>
    public double Between(int[] labels, int one, int other)
    {
        double between = 0, ofOne = 0, ofOther = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] != one && labels[i] != other) continue;
            foreach ((int area, double bond) in _bonds[i])
            {
                if (labels[i] == one) ofOne += bond;
                else ofOther += bond;
                if (labels[i] == one && labels[area] == other) between += bond;
            }
        }

        double least = Math.Min(ofOne, ofOther);
        return least > 0 ? between / least : 0;
    }
}
