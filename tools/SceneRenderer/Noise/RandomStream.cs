namespace PhotoStyle.SceneRenderer.Noise;

/// <summary>Random numbers of one pixel sample, or of one building site: counted, never shared between threads.</summary>
internal struct RandomStream(uint seed)
{
    private uint state = Hash.Mix(seed + 0x51ed270bu);

    public float Next()
    {
        state += 0x9e3779b9u;
        return Hash.Unit(Hash.Mix(state));
    }

    public float Range(float low, float high) => low + (high - low) * Next();

    public int Below(int count) => Math.Min((int)(Next() * count), count - 1);
}
