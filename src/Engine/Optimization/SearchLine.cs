namespace PhotoStyle.Optimization;

/// <summary>The objective along a line. Remembers one point with its gradient, the best that a line search has settled on so far.</summary>
internal sealed class SearchLine(int count)
{
    private readonly double[] _point = new double[count];
    private double[] _gradient = new double[count];
    private double[] _keptGradient = new double[count];
    private double[] _start = [];
    private double[] _direction = [];
    private Objective? _objective;
    private CancellationToken _cancellation;
    private LinePoint _last;
    private int _limit;

    /// <summary>The point kept; at step 0 as long as there is none.</summary>
    public LinePoint Kept { get; private set; }

    /// <summary>Evaluations spent on this line.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Whether another evaluation is allowed.</summary>
    public bool MayEvaluate => Evaluations < _limit;

    public void Reset(double[] start, double[] direction, LinePoint origin, int limit, Objective objective, CancellationToken cancellation)
    {
        (_start, _direction, _limit, _objective, _cancellation) = (start, direction, limit, objective, cancellation);
        (Kept, Evaluations) = (origin, 0);
    }

    public LinePoint Evaluate(double step)
    {
        _cancellation.ThrowIfCancellationRequested();
        VectorMath.AddScaled(_start, step, _direction, _point);
        var loss = _objective!(_point, _gradient);
        Evaluations++;
        _last = new LinePoint(step, loss, VectorMath.Dot(_gradient, _direction));
        return _last;
    }

    /// <summary>Keeps the point evaluated last.</summary>
    public void Keep()
    {
        Kept = _last;
        (_gradient, _keptGradient) = (_keptGradient, _gradient);
    }

    /// <summary>Copies the kept point and its gradient.</summary>
    public void CopyKept(Span<double> point, Span<double> gradient)
    {
        VectorMath.AddScaled(_start, Kept.Step, _direction, point);
        _keptGradient.CopyTo(gradient);
    }
}
