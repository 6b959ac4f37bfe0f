namespace PhotoStyle.Optimization;

/// <summary>Where a minimisation over affine grids stands that goes through several sizes of one problem.</summary>
/// <param name="Index">Which of the sizes, from 0, the smallest.</param>
/// <param name="Iterations">Iterations at the sizes before.</param>
/// <param name="Evaluations">Evaluations at the sizes before.</param>
/// <param name="Solver">The solver at this size.</param>
internal sealed record AffineGridStage(int Index, int Iterations, int Evaluations, Lbfgs Solver)
{
    /// <summary>What was told last.</summary>
    public SolvePoint Last { get; set; } = SolvePoint.None;

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static AffineGridStage Load(Stream stream, Action<ReadOnlySpan<double>, Span<double>> preconditioner)
    {
        using var reader = new CheckpointReader(stream);
        (int index, int iterations, int evaluations) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        SolvePoint last = SolvePoint.Load(reader);
        reader.CheckSeal();
        return new AffineGridStage(index, iterations, evaluations, Lbfgs.Load(stream, preconditioner)) { Last = last };
    }

    /// <summary>Writes all of it.</summary>
    public void Save(Stream stream)
    {
        using var writer = new CheckpointWriter(stream);
        writer.Write(Index);
        writer.Write(Iterations);
        writer.Write(Evaluations);
        Last.Save(writer);
        writer.Seal();
        Solver.Save(stream);
    }
}
