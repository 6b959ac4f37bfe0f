namespace PhotoStyle.Features;

/// <summary>Standard normal numbers from a fixed generator (SplitMix64, Steele et al. 2014; Box–Muller), so that weights do not change with the runtime's own generator.</summary>
internal sealed class GaussianRandom(ulong seed)
{
    private ulong _state = seed;

    public double Next() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    private double Uniform()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
