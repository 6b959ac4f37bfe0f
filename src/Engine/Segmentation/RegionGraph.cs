namespace PhotoStyle.Segmentation;

/// <summary>The labels of one map with their areas and the lengths of their common borders; labels can be merged.</summary>
internal sealed class RegionGraph
{
    private const int Labels = 256;

    private readonly long[,] _borders = new long[Labels, Labels];
    private readonly long[] _areas = new long[Labels];
    private readonly long[] _cores = new long[Labels];
    private readonly byte[] _mergedInto = [.. Enumerable.Range(0, Labels).Select(label => (byte)label)];
    private readonly long _total;

    /// <param name="labels">H·W labels, row by row.</param>
    /// <param name="width">Columns.</param>
    public RegionGraph(ReadOnlySpan<byte> labels, int width)
    {
        _total = labels.Length;
        for (int i = 0; i < labels.Length; i++)
        {
            byte label = labels[i];
            byte right = (i + 1) % width != 0 ? labels[i + 1] : label;
            byte below = i + width < labels.Length ? labels[i + width] : label;
            byte left = i % width != 0 ? labels[i - 1] : label;
            byte above = i >= width ? labels[i - width] : label;
            _areas[label]++;
            if (right == label && below == label && left == label && above == label)
                _cores[label]++;
            AddBorder(label, right);
            AddBorder(label, below);
        }
    }

    /// <summary>Labels that have area and were not merged into another, ascending.</summary>
    public IEnumerable<byte> Regions => Enumerable.Range(0, Labels).Where(label => _areas[label] > 0).Select(label => (byte)label);

    /// <summary>Share of the area, 0 to 1, with all that was merged into it.</summary>
    public double Share(byte region) => (double)_areas[region] / _total;

    /// <summary>
    /// Share of the area, 0 to 1, of pixels with no other label beside them. What is left of a line is nothing:
    /// in masks that were drawn with smooth edges, such lines run along borders in a colour between the two regions.
    /// </summary>
    public double CoreShare(byte region) => (double)_cores[region] / _total;

    /// <summary>The region that a label is part of by now.</summary>
    public byte RegionOf(byte label)
    {
        while (_mergedInto[label] != label)
            label = _mergedInto[label];
        return label;
    }

    /// <summary>Length of the common border, in pairs of neighbouring pixels.</summary>
    public long Border(byte first, byte second) => _borders[first, second];

    /// <summary>Makes a region part of another.</summary>
    public void Merge(byte region, byte into)
    {
        _mergedInto[region] = into;
        _areas[into] += _areas[region];
        _areas[region] = 0;
        _cores[into] += _cores[region];
        for (int other = 0; other < Labels; other++)
        {
            long length = _borders[region, other];
            _borders[region, other] = _borders[other, region] = 0;
            if (other != into)
                _borders[into, other] = _borders[other, into] += length;
        }
    }

    private void AddBorder(byte first, byte second)
    {
        if (first == second)
            return;
        _borders[first, second]++;
        _borders[second, first]++;
    }
}
