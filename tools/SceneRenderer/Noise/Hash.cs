namespace PhotoStyle.SceneRenderer.Noise;

/// <summary>
/// Integer hashes: the only source of randomness, so a picture depends on nothing but its options.
/// The mixing constants are those of the 32-bit finaliser of MurmurHash3 (Appleby, public domain).
/// </summary>
internal static class Hash
{
    public static uint Mix(uint x)
    {
        x ^= x >> 16;
        x *= 0x85ebca6bu;
        x ^= x >> 13;
        x *= 0xc2b2ae35u;
        return x ^ (x >> 16);
    }

    public static uint Of(int x, int y, uint seed) =>
        Mix((uint)x * 0x9e3779b1u + Mix((uint)y * 0x27d4eb2fu + seed * 0x165667b1u + 1u));

    public static uint Of(int x, int y, int z, uint seed) => Of(x, y, Mix((uint)z * 0x9e3779b1u + seed));

    /// <summary>A hash as a number in [0, 1).</summary>
    public static float Unit(uint hash) => (hash >> 8) * (1f / 16777216f);

    public static float Unit(int x, int y, uint seed) => Unit(Of(x, y, seed));
}
