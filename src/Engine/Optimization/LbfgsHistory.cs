namespace PhotoStyle.Optimization;

/// <summary>The pairs in float64.</summary>
/// <param name="count">Unknowns.</param>
/// <param name="capacity">Pairs kept.</param>
/// <param name="applyInverseHessian0">Multiplies by the initial inverse Hessian P, up to a factor; null for the identity.</param>
internal sealed class LbfgsHistory(int count, int capacity, Action<ReadOnlySpan<double>, Span<double>>? applyInverseHessian0) : ILbfgsHistory
{
    /// <summary>Pairs whose cosine is not above this are left out: they would spoil the positive definiteness.</summary>
    public const double LeastCosine = 1e-10;

    private readonly List<Pair> _pairs = new(capacity);
    private readonly double[] _projections = new double[capacity];
    private readonly double[] _scratch = new double[count];
    private Pair? _spare;

    /// <inheritdoc/>
    public int Count => _pairs.Count;

    /// <summary>The pairs, oldest first.</summary>
    public IReadOnlyList<Pair> Pairs => _pairs;

    /// <summary>The factor γ of the initial inverse Hessian, from the newest pair.</summary>
    public double Scale { get; private set; } = 1;

    /// <inheritdoc/>
    public void Clear()
    {
        _pairs.Clear();
        Scale = 1;
    }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public void Save(CheckpointWriter writer)
    {
        writer.Write(Scale);
        foreach (var pair in _pairs)
        {
            writer.Write(pair.Move);
            writer.Write(pair.GradientChange);
            writer.Write(pair.Curvature);
        }
    }

    /// <inheritdoc/>
    public void Load(CheckpointReader reader, int pairs)
    {
        Scale = reader.ReadDouble();
        for (var i = 0; i < pairs; i++)
            _pairs.Add(new Pair(reader.ReadDoubles(count), reader.ReadDoubles(count)) { Curvature = reader.ReadDouble() });
    }

    /// <inheritdoc/>
    public void Direction(double[] gradient, double[] direction)
    {
        gradient.CopyTo(direction, 0);
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

    /// <inheritdoc/>
    public void SteepestDirection(double[] gradient, double[] direction)
    {
        gradient.CopyTo(direction, 0);
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
