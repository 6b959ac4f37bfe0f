namespace PhotoStyle.Imaging;

/// <summary>Sorts floats by their bits in three passes: several times as fast as comparing, for the hundred thousand values of a photo.</summary>
internal static class RadixSort
{
    /// <summary>Bits of the keys of <see cref="AscendingByKey"/>.</summary>
    public const int KeyBits = 22;

    private const int Bits = 11;
    private const int Buckets = 1 << Bits;

    /// <summary>Sorts ascending, in place. No value may be NaN.</summary>
    public static void Ascending(float[] values)
    {
        var keys = new uint[values.Length];
        var moved = new uint[values.Length];
        for (int i = 0; i < keys.Length; i++)
            keys[i] = KeyOf(values[i]);

        Span<int> starts = stackalloc int[Buckets];
        for (int shift = 0; shift < 32; shift += Bits)
        {
            starts.Clear();
            foreach (uint key in keys)
                starts[(int)(key >> shift) & (Buckets - 1)]++;
            int total = 0;
            for (int bucket = 0; bucket < Buckets; bucket++)
                (starts[bucket], total) = (total, total + starts[bucket]);
            foreach (uint key in keys)
                moved[starts[(int)(key >> shift) & (Buckets - 1)]++] = key;
            (keys, moved) = (moved, keys);
        }

        for (int i = 0; i < keys.Length; i++)
            values[i] = ValueOf(keys[i]);
    }

    /// <summary>The indices of values in ascending order of these; equal ones in the order of the indices. No value may be NaN.</summary>
    public static int[] Order(float[] values)
    {
        int[] order = new int[values.Length], moved = new int[values.Length];
        var keys = new uint[values.Length];
        for (int i = 0; i < keys.Length; i++)
            (keys[i], order[i]) = (KeyOf(values[i]), i);

        Span<int> starts = stackalloc int[Buckets];
        for (int shift = 0; shift < 32; shift += Bits)
        {
            starts.Clear();
            foreach (uint key in keys)
                starts[(int)(key >> shift) & (Buckets - 1)]++;
            int total = 0;
            for (int bucket = 0; bucket < Buckets; bucket++)
                (starts[bucket], total) = (total, total + starts[bucket]);
            foreach (int i in order)
                moved[starts[(int)(keys[i] >> shift) & (Buckets - 1)]++] = i;
            (order, moved) = (moved, order);
        }
        return order;
    }

    /// <summary>Sorts by bits 32 … 53, in place; the lower bits are carried along, and equal keys keep their order.</summary>
    /// <param name="pairs">Keys of 22 bits above what belongs to them; no bit above the key is set.</param>
    /// <param name="moved">Room for as many.</param>
    public static void AscendingByKey(Span<ulong> pairs, Span<ulong> moved)
    {
        Span<int> starts = stackalloc int[Buckets];
        // An even number of passes: the sorted ones end where they began.
        for (int shift = 32; shift < 32 + KeyBits; shift += Bits)
        {
            starts.Clear();
            foreach (ulong pair in pairs)
                starts[(int)(pair >> shift) & (Buckets - 1)]++;
            int total = 0;
            for (int bucket = 0; bucket < Buckets; bucket++)
                (starts[bucket], total) = (total, total + starts[bucket]);
            foreach (ulong pair in pairs)
                moved[starts[(int)(pair >> shift) & (Buckets - 1)]++] = pair;
            Span<ulong> sorted = moved;
            moved = pairs;
            pairs = sorted;
        }
    }

    // Unsigned order of the keys is the order of the floats: negative ones are inverted as a whole, others get the top bit.
    private static uint KeyOf(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (bits >> 31) != 0 ? ~bits : bits | 0x8000_0000;
    }

    private static float ValueOf(uint key) => BitConverter.UInt32BitsToSingle((key >> 31) != 0 ? key & 0x7FFF_FFFF : ~key);
}
