namespace PhotoStyle.Optimization;

/// <summary>The last few moves s and gradient changes y, and the inverse Hessian that they imply.</summary>
/// <param name="count">Unknowns.</param>
/// <param name="capacity">Pairs kept.</param>
/// <param name="applyInverseHessian0">Multiplies by the initial inverse Hessian P, up to a factor; null for the identity.</param>
internal sealed class LbfgsHistory(int count, int capacity, Action<ReadOnlySpan<double>, Span<double>>? applyInverseHessian0)
{
    /// <summary>Pairs whose cosine is not above this are left out: they would spoil the positive definiteness.</summary>
    private const double LeastCosine = 1e-10;

    private readonly List<Pair> _pairs = new(capacity);
    private readonly double[] _projections = new double[capacity];
    private readonly double[] _scratch = new double[count];
    private Pair? _spare;

    /// <summary>The pairs, oldest first.</summary>
    public IReadOnlyList<Pair> Pairs => _pairs;

    /// <summary>The factor γ of the initial inverse Hessian, from the newest pair.</summary>
    public double Scale { get; private set; } = 1;

    public void Clear()
    {
        _pairs.Clear();
        Scale = 1;
    }

    /// <summary>Takes in a move, unless its curvature is not safely positive.</summary>
    public void Add(double[] from, double[] to, double[] gradientFrom, double[] gradientTo)
    {
        var pair = _spare ?? new Pair(new double[count], new double[count]);
        VectorMath.AddScaled(to, -1, from, pair.Move);
        VectorMath.AddScaled(gradientTo, -1, gradientFrom, pair.GradientChange);
        pair.Curvature = VectorMath.Dot(pair.Move, pair.GradientChange);
        _spare = pair;
        if (!(pair.Curvature > LeastCosine * VectorMath.Norm(pair.Move) * VectorMath.Norm(pair.GradientChange))) return;
        _spare = _pairs.Count == capacity ? _pairs[0] : null;
        if (_spare is not null) _pairs.RemoveAt(0);
        _pairs.Add(pair);
        ReadOnlySpan<double> preconditioned = pair.GradientChange;
        if (applyInverseHessian0 is not null)
        {
            applyInverseHessian0(pair.GradientChange, _scratch);
            preconditioned = _scratch;
        }
        Scale = pair.Curvature / VectorMath.Dot(pair.GradientChange, preconditioned);
    }

    /// <summary>Puts back a pair that was saved, newer than those present.</summary>
    public void Restore(Pair pair, double scale)
    {
        _pairs.Add(pair);
        Scale = scale;
    }

    /// <summary>Computes the quasi-Newton direction −H g by the two-loop recursion (Nocedal, Wright, <i>Numerical Optimization</i>, 2006,
    /// algorithm 7.4).</summary>
    public void Direction(ReadOnlySpan<double> gradient, double[] direction)
    {
        gradient.CopyTo(direction);
        for (var i = _pairs.Count - 1; i >= 0; i--)
        {
            var pair = _pairs[i];
            _projections[i] = VectorMath.Dot(pair.Move, direction) / pair.Curvature;
            VectorMath.AddScaled(direction, -_projections[i], pair.GradientChange, direction);
        }
        ApplyInitial(direction, Scale);
        for (var i = 0; i < _pairs.Count; i++)
        {
            var pair = _pairs[i];
            var projection = VectorMath.Dot(pair.GradientChange, direction) / pair.Curvature;
            VectorMath.AddScaled(direction, _projections[i] - projection, pair.Move, direction);
        }
        VectorMath.Scale(direction, -1);
    }

    /// <summary>Computes the direction of steepest descent −P g, which forgets all pairs.</summary>
    public void SteepestDirection(ReadOnlySpan<double> gradient, double[] direction)
    {
        gradient.CopyTo(direction);
        ApplyInitial(direction, -1);
    }

    private void ApplyInitial(double[] vector, double factor)
    {
        if (applyInverseHessian0 is not null)
        {
            applyInverseHessian0(vector, _scratch);
            _scratch.CopyTo(vector, 0);
        }
        VectorMath.Scale(vector, factor);
    }

    /// <summary>One move and what it did to the gradient.</summary>
    internal sealed class Pair(double[] move, double[] gradientChange)
    {
        public double[] Move => move;

        public double[] GradientChange => gradientChange;

        /// <summary>sᵀy.</summary>
        public double Curvature { get; set; }
    }
}
