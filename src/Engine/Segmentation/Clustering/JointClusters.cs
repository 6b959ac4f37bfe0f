namespace PhotoStyle.Segmentation.Clustering;

/// <summary>Clusters the areas of two photos together.</summary>
internal sealed class JointClusters
{
    private readonly double[][][] _features;
    private readonly AreaGraph[] _graphs;
    private readonly double[][] _weights;
    private readonly ClusterOptions _options;
    private readonly AreaBonds[]? _bonds;

    /// <summary>For both photos the cluster of each area.</summary>
    public int[][] Labels { get; private set; }

    /// <summary>Number of clusters.</summary>
    public int Count { get; private set; }

    private double[][] _shared = [];
    private double[][][] _own = [];

    private JointClusters(double[][][] features, AreaGraph[] graphs, ClusterOptions options, AreaBonds[]? bonds)
    {
        (_features, _graphs, _options, _bonds) = (features, graphs, options, bonds);
        // Both photos weigh the same, whatever their sizes.
        _weights = [.. graphs.Select(graph => graph.Sizes.Select(size => (double)size / graph.Sizes.Sum()).ToArray())];
        Labels = [.. features.Select(photo => new int[photo.Length])];
    }

    /// <summary>Clusters.</summary>
    /// <param name="content">N vectors.</param>
    /// <param name="contentGraph">What lies beside what in the content.</param>
    /// <param name="style">N' vectors of the same kind.</param>
    /// <param name="styleGraph">What lies beside what in the style.</param>
    /// <param name="options">How.</param>
    /// <param name="bonds">For both photos what holds areas together: clusters with edges around them in both are kept apart from <see cref="ClusterOptions.AlikeAcrossEdges"/> on. Null if that does not matter.</param>
    public static JointClusters Of(double[][] content, AreaGraph contentGraph, double[][] style, AreaGraph styleGraph, ClusterOptions options, (AreaBonds Content, AreaBonds Style)? bonds = null)
    {
        var clusters = new JointClusters([content, style], [contentGraph, styleGraph], options, bonds is { } both ? [both.Content, both.Style] : null);
        clusters.Begin();
        for (int i = 0; i < options.Iterations; i++) clusters.Iterate();
        clusters.MergeAll();
        return clusters;
    }

    /// <summary>Distance between the content's and the style's part of a cluster.</summary>
    public double PartsApart(int cluster) => AreaVectors.Distance(_own[0][cluster], _own[1][cluster]);

    private void Begin()
    {
        // Farthest point first, weighted by area: no chance in it.
        Count = _options.Begin;
        int dimensions = _features[0][0].Length;
        double[] mean = new double[dimensions];
        ForEach((photo, i) => AreaVectors.AddTo(mean, _features[photo][i], _weights[photo][i] / 2));
        var centres = new List<double[]>();
        double[][] nearest = [.. _features.Select(photo => photo.Select(f => AreaVectors.Distance(f, mean)).ToArray())];
        for (int k = 0; k < Count; k++)
        {
            (int photo, int area, double most) = (0, 0, -1);
            ForEach((p, i) =>
            {
                double gain = nearest[p][i] * Math.Sqrt(_weights[p][i]);
                if (gain > most) (photo, area, most) = (p, i, gain);
            });
            double[] centre = _features[photo][area];
            centres.Add(centre);
            ForEach((p, i) => nearest[p][i] = k == 0 ? AreaVectors.Distance(_features[p][i], centre) : Math.Min(nearest[p][i], AreaVectors.Distance(_features[p][i], centre)));
        }

        _shared = [.. centres];
        _own = [_shared, _shared];
        AssignNearest();
        Centre();
    }

    private void Iterate()
    {
        AssignSmoothly();
        Centre();
    }

    private void AssignNearest() => ForEach((photo, i) =>
    {
        Labels[photo][i] = ArgMin(k => AreaVectors.Distance(_features[photo][i], _own[photo][k]));
    });

    /// <summary>Iterated conditional modes: each area in turn takes the cluster that is near to it and to the areas beside it.</summary>
    private void AssignSmoothly()
    {
        for (int photo = 0; photo < 2; photo++)
        {
            AreaGraph graph = _graphs[photo];
            int[] labels = Labels[photo];
            double[] cost = new double[Count];
            for (int i = 0; i < labels.Length; i++)
            {
                double[] own = _features[photo][i];
                for (int k = 0; k < Count; k++) cost[k] = AreaVectors.Distance(own, _own[photo][k]);
                double length = graph.Neighbours[i].Sum(beside => beside.Length);
                foreach ((int area, int border) in graph.Neighbours[i])
                    cost[labels[area]] -= _options.Smoothness * border / length * Math.Exp(-AreaVectors.Distance(own, _features[photo][area]) / _options.Contrast);
                labels[i] = ArgMin(k => cost[k]);
            }
        }
    }

    private int ArgMin(Func<int, double> cost)
    {
        (int best, double least) = (0, double.MaxValue);
        for (int k = 0; k < Count; k++)
        {
            double value = cost(k);
            if (value < least) (best, least) = (k, value);
        }

        return best;
    }

    private double[,] Shares()
    {
        var shares = new double[2, Count];
        ForEach((photo, i) => shares[photo, Labels[photo][i]] += _weights[photo][i]);
        return shares;
    }

    private void Centre()
    {
        int dimensions = _features[0][0].Length;
        double[][][] means = [.. Enumerable.Range(0, 2).Select(_ => Enumerable.Range(0, Count).Select(_ => new double[dimensions]).ToArray())];
        ForEach((photo, i) => AreaVectors.AddTo(means[photo][Labels[photo][i]], _features[photo][i], _weights[photo][i]));
        double[,] shares = Shares();
        double[][] shared = new double[Count][];
        for (int k = 0; k < Count; k++)
        {
            double both = shares[0, k] + shares[1, k];
            if (both == 0)
            {
                shared[k] = _shared[k];
                means[0][k] = means[1][k] = _shared[k];
                continue;
            }

            shared[k] = new double[dimensions];
            // Mean of means where both photos have a part, so that the larger part does not draw the centre to its own photo.
            int parts = 0;
            for (int photo = 0; photo < 2; photo++)
            {
                if (shares[photo, k] == 0) continue;
                parts++;
                for (int d = 0; d < dimensions; d++) means[photo][k][d] /= shares[photo, k];
            }

            for (int photo = 0; photo < 2; photo++)
            {
                if (shares[photo, k] > 0) AreaVectors.AddTo(shared[k], means[photo][k], 1.0 / parts);
            }
        }

        double[][][] own = [new double[Count][], new double[Count][]];
        for (int photo = 0; photo < 2; photo++)
        {
            for (int k = 0; k < Count; k++)
            {
                own[photo][k] = (double[])shared[k].Clone();
                if (shares[photo, k] == 0) continue;
                // A small part is no measure of its own.
                double freedom = _options.Freedom * shares[photo, k] / (shares[photo, k] + 0.05);
                for (int d = 0; d < dimensions; d++) own[photo][k][d] += freedom * (means[photo][k][d] - shared[k][d]);
            }
        }

        (_shared, _own) = (shared, own);
    }

    /// <summary>Merges what is too small in either photo, then what is too alike, cheapest first.</summary>
    private void MergeAll()
    {
        while (Count > 1)
        {
            double[,] shares = Shares();
            (int from, int into) = NextMerge(shares);
            if (from < 0) break;
            ForEach((photo, i) =>
            {
                int label = Labels[photo][i];
                if (label == from) label = into;
                Labels[photo][i] = label > from ? label - 1 : label;
            });
            Count--;
            _shared = [.. _shared.Where((_, k) => k != from)];
            _own = [.. _own.Select(own => own.Where((_, k) => k != from).ToArray())];
            Centre();
            AssignSmoothly();
            Centre();
        }
    }

    private (int From, int Into) NextMerge(double[,] shares)
    {
        double Least(int k) => Math.Min(shares[0, k], shares[1, k]);
        int small = Enumerable.Range(0, Count).MinBy(Least);
        if (Least(small) < _options.SmallestShare) return (small, Enumerable.Range(0, Count).Where(k => k != small).MinBy(k => AreaVectors.Distance(_shared[small], _shared[k])));
        (int from, int into, double least) = (-1, -1, Count > _options.Most ? double.MaxValue : _options.Alike);
        for (int one = 0; one < Count; one++)
        {
            for (int other = 0; other < one; other++)
            {
                double cost = AreaVectors.Distance(_shared[one], _shared[other]);
                if (cost < least && Count > _options.Fewest && !IsKeptApart(one, other, cost)) (from, into, least) = (one, other, cost);
            }
        }

        return (from, into);
    }

    private bool IsKeptApart(int one, int other, double distance) =>
        _bonds is not null && Count <= _options.Most && distance >= _options.AlikeAcrossEdges
            && _bonds.Zip(Labels).All(photo => photo.First.Between(photo.Second, one, other) < _options.Bonded);

    private void ForEach(Action<int, int> visit)
    {
        for (int photo = 0; photo < 2; photo++)
        {
            for (int i = 0; i < _features[photo].Length; i++) visit(photo, i);
        }
    }
}
