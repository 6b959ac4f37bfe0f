namespace PhotoStyle.Optimization;

/// <summary>The last few moves s and gradient changes y, and the inverse Hessian that they imply.</summary>
internal interface ILbfgsHistory
{
    /// <summary>Pairs kept.</summary>
    int Count { get; }

    /// <summary>Forgets all pairs.</summary>
    void Clear();

    /// <summary>Takes in a move, unless its curvature is not safely positive.</summary>
    void Add(double[] from, double[] to, double[] gradientFrom, double[] gradientTo);

    /// <summary>Computes the quasi-Newton direction −H g by the two-loop recursion (Nocedal, Wright, <i>Numerical Optimization</i>, 2006,
    /// algorithm 7.4).</summary>
    /// <param name="gradient">The gradient that the last move led to.</param>
    /// <param name="direction">Receives −H g.</param>
    void Direction(double[] gradient, double[] direction);

    /// <summary>Computes the direction of steepest descent −P g, which forgets all pairs.</summary>
    void SteepestDirection(double[] gradient, double[] direction);

    /// <summary>Writes the pairs.</summary>
    void Save(CheckpointWriter writer);

    /// <summary>Reads that many pairs that <see cref="Save"/> wrote.</summary>
    void Load(CheckpointReader reader, int pairs);
}
