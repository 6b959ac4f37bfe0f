using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation.Labels;

/// <summary>The probabilities of concepts over a photo at the size at which it is segmented; concepts can be removed until those remain that make classes.</summary>
internal sealed class ConceptPlanes
{
    // Of the long side: the error of a network that sees one place for 4 pixels, enlarged.
    private const double Radius = 1 / 48.0;
    private const double Epsilon = 1e-4;

    private readonly FloatImage _photo;
    private readonly SortedDictionary<string, float[]> _planes = new(StringComparer.Ordinal);

    public ConceptPlanes(ClassAnalysis analysis)
    {
        _photo = analysis.Image;
        FloatImage probabilities = Resampling.Bilinear(analysis.Probabilities, _photo.Height, _photo.Width);
        for (int k = 0; k < analysis.Names.Count; k++) Add(ConceptTable.Of(analysis.Names[k]).Name, probabilities.Plane(k));
        Count();
    }

    /// <summary>Share of the photo of each concept that is the most probable somewhere.</summary>
    public IReadOnlyDictionary<string, double> Shares { get; private set; } = new Dictionary<string, double>();

    /// <summary>Removes what has less than a share of the photo, smallest first; its pixels go to what is next probable there.</summary>
    public void DropSmall(double smallest)
    {
        while (Shares.Count > 1)
        {
            (string name, double share) = Shares.MinBy(pair => pair.Value);
            if (share >= smallest) return;
            Remove(name, into: null);
        }
    }

    /// <summary>Removes a concept.</summary>
    /// <param name="name">The concept; nothing happens if it is not there.</param>
    /// <param name="into">Takes its probabilities, or null.</param>
    public void Remove(string name, string? into)
    {
        if (!_planes.TryGetValue(name, out float[]? plane)) return;
        if (into is not null) Add(into, plane);
        else if (_planes.Count == 1) return;
        _planes.Remove(name);
        Count();
    }

    /// <summary>The most probable of the concepts at each pixel, with the photo as guide for their borders.</summary>
    /// <param name="labels">The label of each concept.</param>
    public LabelMap ToLabels(IReadOnlyDictionary<string, byte> labels)
    {
        string[] names = [.. Shares.Keys.Order(StringComparer.Ordinal)];
        var planes = new FloatImage(names.Length, _photo.Height, _photo.Width, [.. names.SelectMany(name => _planes[name])]);
        int radius = Math.Max(1, (int)Math.Round(Radius * Math.Max(_photo.Width, _photo.Height)));
        byte[] largest = BorderRefinement.Largest(GuidedFilterCoefficients.Fit(_photo, planes, radius, Epsilon).Apply(_photo));
        return new LabelMap(_photo.Width, _photo.Height, [.. largest.Select(index => labels[names[index]])]);
    }

    private void Add(string name, ReadOnlySpan<float> plane)
    {
        if (!_planes.TryGetValue(name, out float[]? sum)) _planes[name] = sum = new float[_photo.PixelCount];
        for (int i = 0; i < sum.Length; i++) sum[i] += plane[i];
    }

    private void Count()
    {
        string[] names = [.. _planes.Keys];
        var counts = new int[names.Length];
        var planes = _planes.Values.ToArray();
        for (int i = 0; i < _photo.PixelCount; i++)
        {
            int best = 0;
            for (int k = 1; k < planes.Length; k++)
            {
                if (planes[k][i] > planes[best][i]) best = k;
            }

            counts[best]++;
        }

        Shares = names.Zip(counts).Where(pair => pair.Second > 0).ToDictionary(pair => pair.First, pair => (double)pair.Second / _photo.PixelCount);
    }
}
