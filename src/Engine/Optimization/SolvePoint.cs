using System.Text;

namespace PhotoStyle.Optimization;

/// <summary>What was told of a minimisation last, kept with its state: whoever goes on from a state that needs no more work can still tell how it ended.</summary>
/// <param name="Iteration">Moves made.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Terms">What it is made of.</param>
internal sealed record SolvePoint(int Iteration, double Loss, IReadOnlyList<TermValue> Terms)
{
    // Far more than there are: what is read may be damaged.
    private const int MostTerms = 100, MostBytesOfName = 200;

    /// <summary>Nothing was told yet.</summary>
    public static SolvePoint None { get; } = new(0, double.NaN, []);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static SolvePoint Load(CheckpointReader reader)
    {
        (int iteration, double loss, int count) = (reader.ReadInt32(), reader.ReadDouble(), reader.ReadInt32());
        if (count is < 0 or > MostTerms) throw CheckpointReader.Damaged();
        var terms = new List<TermValue>(count);
        for (int i = 0; i < count; i++) terms.Add(new TermValue(ReadName(reader), reader.ReadDouble(), reader.ReadDouble()));
        return new SolvePoint(iteration, loss, terms);
    }

    /// <summary>Writes all of it.</summary>
    public void Save(CheckpointWriter writer)
    {
        writer.Write(Iteration);
        writer.Write(Loss);
        writer.Write(Terms.Count);
        foreach (TermValue term in Terms)
        {
            byte[] name = Encoding.UTF8.GetBytes(term.Name);
            writer.Write(name.Length);
            writer.Write((ReadOnlySpan<byte>)name);
            writer.Write(term.Value);
            writer.Write(term.Weight);
        }
    }

    private static string ReadName(CheckpointReader reader)
    {
        int length = reader.ReadInt32();
        if (length is < 0 or > MostBytesOfName) throw CheckpointReader.Damaged();
        Span<byte> name = stackalloc byte[length];
        reader.Read(name);
        return Encoding.UTF8.GetString(name);
    }
}
