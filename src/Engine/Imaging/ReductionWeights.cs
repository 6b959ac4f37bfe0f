namespace PhotoStyle.Imaging;

/// <summary>For each of the target samples of one axis, the source samples that make it and their weights, which sum to 1.</summary>
/// <remarks>Keys' cubic with a = −½, stretched by the reduction so that it is a low-pass filter; cut and made to sum to 1 at the borders.</remarks>
internal sealed class ReductionWeights
{
    private const double Support = 2;

    private readonly int[] _starts;
    private readonly int[] _offsets;
    private readonly float[] _weights;

    /// <param name="source">Samples before.</param>
    /// <param name="target">Samples after, at most as many.</param>
    public ReductionWeights(int source, int target)
    {
        var reduction = (double)source / target;
        var weights = new List<float>();
        _starts = new int[target];
        _offsets = new int[target + 1];
        for (var t = 0; t < target; t++)
        {
            var centre = (t + 0.5) * reduction;
            var start = Math.Max(0, (int)Math.Ceiling(centre - Support * reduction - 0.5));
            var end = Math.Min(source, (int)Math.Floor(centre + Support * reduction - 0.5) + 1);
            var raw = Enumerable.Range(start, end - start).Select(s => Cubic((s + 0.5 - centre) / reduction)).ToArray();
            var total = raw.Sum();
            weights.AddRange(raw.Select(w => (float)(w / total)));
            _starts[t] = start;
            _offsets[t + 1] = weights.Count;
        }

        _weights = [.. weights];
    }

    /// <summary>The first source sample of a target sample.</summary>
    public int Start(int target) => _starts[target];

    /// <summary>The weights of the source samples from <see cref="Start"/> on.</summary>
    public ReadOnlySpan<float> Weights(int target) => _weights.AsSpan(_offsets[target].._offsets[target + 1]);

    private static double Cubic(double x)
    {
        x = Math.Abs(x);
        return x switch
        {
            < 1 => (1.5 * x - 2.5) * x * x + 1,
            < 2 => ((-0.5 * x + 2.5) * x - 4) * x + 2,
            _ => 0,
        };
    }
}
