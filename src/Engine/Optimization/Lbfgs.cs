namespace PhotoStyle.Optimization;

/// <summary>Minimises a smooth function by the limited-memory BFGS method (Liu, Nocedal, <i>On the limited memory BFGS method for large scale
/// optimization</i>, 1989) with a strong Wolfe line search.</summary>
/// <remarks>
/// <para>Holds its whole state between steps. The caller asks for one step after the other until <see cref="StopReason"/> is set, and may
/// show, save or abandon the state in between:</para>
/// <code>while (solver.StopReason is null) progress.Report(solver.Step(objective, cancellation));</code>
/// <para>With a line search each move lowers the loss, so that the current iterate is always the best one. Given the same objective, results are the same bits, on any
/// machine and however often the state was saved and restored in between. Not for use by several threads at once.</para>
/// </remarks>
public sealed class Lbfgs : IOptimiser
{
    /// <summary>"PSLBFGS" and the version of the format.</summary>
    private const long CheckpointMagic = 0x03_53_47_46_42_4C_53_50;

    private readonly ILbfgsHistory _history;
    private readonly SearchLine _line;
    private readonly double[] _direction;
    private double[] _x;
    private double[] _gradient;
    private double[] _nextX;
    private double[] _nextGradient;

    /// <summary>Length of the last move, or the first one to try.</summary>
    private double _move;

    /// <summary>Starts a minimisation. Evaluates nothing yet.</summary>
    /// <param name="start">The n unknowns to start from; copied.</param>
    /// <param name="options">The settings.</param>
    /// <param name="applyInverseHessian0">Optional preconditioner: multiplies the first argument by a symmetric positive definite n×n matrix that
    /// resembles the inverse Hessian, up to a factor, and writes the result to the second.</param>
    public Lbfgs(
        ReadOnlySpan<double> start,
        LbfgsOptions options,
        Action<ReadOnlySpan<double>, Span<double>>? applyInverseHessian0 = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(start.Length, nameof(start));
        options.Validate();
        Options = options;
        _x = start.ToArray();
        _gradient = new double[start.Length];
        _nextX = new double[start.Length];
        _nextGradient = new double[start.Length];
        _direction = new double[start.Length];
        _line = new SearchLine(start.Length);
        if (options.CompactHistory && applyInverseHessian0 is not null)
            throw new ArgumentException("A compact history takes no preconditioner.", nameof(applyInverseHessian0));
        _history = options.CompactHistory
            ? new CompactHistory(start.Length, options.History)
            : new LbfgsHistory(start.Length, options.History, applyInverseHessian0);
        _move = options.FirstMove;
    }

    /// <summary>The settings.</summary>
    public LbfgsOptions Options { get; }

    /// <summary>The current iterate, n unknowns. Valid until the next step.</summary>
    public ReadOnlySpan<double> X => _x;

    /// <summary>The gradient at <see cref="X"/>; zero before the first step.</summary>
    public ReadOnlySpan<double> Gradient => _gradient;

    /// <summary>The loss at <see cref="X"/>; NaN before the first step.</summary>
    public double Loss { get; private set; } = double.NaN;

    /// <summary>Moves made.</summary>
    public int Iteration { get; private set; }

    /// <summary>Evaluations spent, those of a cancelled step excepted.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Why the minimisation ended; null while it goes on.</summary>
    public LbfgsStop? StopReason { get; private set; }

    /// <summary>Makes one step: the first evaluates the start, each further one makes a move with its line search.</summary>
    /// <param name="objective">The function; the same in each step.</param>
    /// <param name="cancellation">Looked at before each evaluation.</param>
    /// <returns>Where the minimisation stands.</returns>
    /// <exception cref="OperationCanceledException">The step was cancelled. As after any exception of the objective, the state is that before
    /// the step, to the bit, and the step can be made again.</exception>
    /// <exception cref="InvalidOperationException">The minimisation has ended, or the preconditioner is not positive definite.</exception>
    public LbfgsIteration Step(Objective objective, CancellationToken cancellation = default)
    {
        if (StopReason is not null) throw new InvalidOperationException($"The minimisation has ended: {StopReason}.");
        cancellation.ThrowIfCancellationRequested();
        if (Evaluations == 0) return EvaluateStart(objective);
        return Options.FixedStep is { } step ? MoveBy(step, objective, cancellation) : Move(objective, cancellation);
    }

    private LbfgsIteration EvaluateStart(Objective objective)
    {
        var loss = objective(_x, _nextGradient);
        (_gradient, _nextGradient) = (_nextGradient, _gradient);
        (Loss, Evaluations) = (loss, 1);
        var norm = VectorMath.Norm(_gradient);
        if (!double.IsFinite(loss) || !double.IsFinite(norm)) StopReason = LbfgsStop.StartNotFinite;
        else if (norm <= Options.GradientTolerance) StopReason = LbfgsStop.GradientTolerance;
        else if (Evaluations >= Options.MaxEvaluations) StopReason = LbfgsStop.EvaluationBudget;
        return new LbfgsIteration(Iteration, Evaluations, loss, norm, StepLength: 0);
    }

    private LbfgsIteration Move(Objective objective, CancellationToken cancellation)
    {
        var usesHistory = _history.Count > 0;
        var spent = 0;
        var found = false;
        if (usesHistory)
        {
            _history.Direction(_gradient, _direction);
            found = Search(step: 1);
        }
        if (!found)
        {
            usesHistory = false;
            _history.SteepestDirection(_gradient, _direction);
            if (!(VectorMath.Dot(_direction, _gradient) <= 0))
                throw new InvalidOperationException("The preconditioner is not positive definite.");
            found = Search(_move / VectorMath.Norm(_direction));
        }

        // From here on nothing is evaluated, so nothing can be cancelled.
        Evaluations += spent;
        if (!found)
        {
            StopReason = Evaluations >= Options.MaxEvaluations ? LbfgsStop.EvaluationBudget : LbfgsStop.NoDecrease;
            return new LbfgsIteration(Iteration, Evaluations, Loss, VectorMath.Norm(_gradient), StepLength: 0);
        }
        if (!usesHistory) _history.Clear();
        return TakeMove();

        bool Search(double step)
        {
            var origin = new LinePoint(0, Loss, VectorMath.Dot(_direction, _gradient));
            if (!(origin.Slope < 0)) return false;
            var limit = Math.Min(Options.MaxEvaluationsPerSearch, Options.MaxEvaluations - Evaluations - spent);
            _line.Reset(_x, _direction, origin, limit, objective, cancellation);
            StrongWolfeSearch.Search(_line, step, Options);
            spent += _line.Evaluations;
            return _line.Kept.Step > 0;
        }
    }

    private LbfgsIteration TakeMove()
    {
        var (step, loss, _) = _line.Kept;
        _line.CopyKept(_nextX, _nextGradient);
        return TakeMove(step, loss);
    }

    /// <summary>Takes the step as it is, whether the loss falls or rises.</summary>
    private LbfgsIteration MoveBy(double fixedStep, Objective objective, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var step = fixedStep;
        if (_history.Count > 0)
        {
            _history.Direction(_gradient, _direction);
        }
        else
        {
            _history.SteepestDirection(_gradient, _direction);
            step = _move / VectorMath.Norm(_direction);
        }
        VectorMath.AddScaled(_x, step, _direction, _nextX);
        var loss = objective(_nextX, _nextGradient);
        Evaluations++;
        if (double.IsFinite(loss) && double.IsFinite(VectorMath.Norm(_nextGradient))) return TakeMove(step, loss);
        StopReason = LbfgsStop.StepNotFinite;
        return new LbfgsIteration(Iteration, Evaluations, Loss, VectorMath.Norm(_gradient), StepLength: 0);
    }

    private LbfgsIteration TakeMove(double step, double loss)
    {
        _history.Add(_x, _nextX, _gradient, _nextGradient);
        (_x, _nextX) = (_nextX, _x);
        (_gradient, _nextGradient) = (_nextGradient, _gradient);
        _move = step * VectorMath.Norm(_direction);
        var decrease = Loss - loss;
        var negligible = Options.RelativeDecreaseTolerance * Math.Max(Math.Abs(Loss), Math.Abs(loss));
        Loss = loss;
        Iteration++;
        var norm = VectorMath.Norm(_gradient);
        if (norm <= Options.GradientTolerance) StopReason = LbfgsStop.GradientTolerance;
        else if (decrease <= negligible && Options.RelativeDecreaseTolerance > 0) StopReason = LbfgsStop.RelativeDecreaseTolerance;
        else if (Evaluations >= Options.MaxEvaluations) StopReason = LbfgsStop.EvaluationBudget;
        return new LbfgsIteration(Iteration, Evaluations, Loss, norm, step);
    }

    /// <summary>Writes the whole state: about 16·n·(1 + pairs kept) bytes, or 16·n + 4·n·(pairs kept) with a compact history.</summary>
    /// <param name="stream">A stream that can be written.</param>
    public void Save(Stream stream)
    {
        using var writer = new CheckpointWriter(stream);
        writer.Write(CheckpointMagic);
        writer.Write(_x.Length);
        writer.Write(Options.MaxEvaluations);
        writer.Write(Options.History);
        writer.Write(Options.C1);
        writer.Write(Options.C2);
        writer.Write(Options.GradientTolerance);
        writer.Write(Options.RelativeDecreaseTolerance);
        writer.Write(Options.FirstMove);
        writer.Write(Options.MaxEvaluationsPerSearch);
        writer.Write(Options.FixedStep ?? double.NaN);
        writer.Write(Options.CompactHistory ? 1 : 0);
        writer.Write(Loss);
        writer.Write(Iteration);
        writer.Write(Evaluations);
        writer.Write(StopReason is { } reason ? (int)reason : -1);
        writer.Write(_move);
        writer.Write(_history.Count);
        writer.Seal();
        writer.Write(_x);
        writer.Write(_gradient);
        _history.Save(writer);
        writer.Seal();
    }

    /// <summary>Reads a state that <see cref="Save"/> wrote. Going on from it gives the same bits as never having stopped.</summary>
    /// <param name="stream">A stream that can be read.</param>
    /// <param name="applyInverseHessian0">The preconditioner that the minimisation was started with, if any.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.GradeInvalid"/>: the state is damaged, cut short or of another
    /// version.</exception>
    public static Lbfgs Load(Stream stream, Action<ReadOnlySpan<double>, Span<double>>? applyInverseHessian0 = null)
    {
        using var reader = new CheckpointReader(stream);
        if (reader.ReadInt64() != CheckpointMagic) throw CheckpointReader.Damaged();
        var count = reader.ReadInt32();
        var options = new LbfgsOptions
        {
            MaxEvaluations = reader.ReadInt32(),
            History = reader.ReadInt32(),
            C1 = reader.ReadDouble(),
            C2 = reader.ReadDouble(),
            GradientTolerance = reader.ReadDouble(),
            RelativeDecreaseTolerance = reader.ReadDouble(),
            FirstMove = reader.ReadDouble(),
            MaxEvaluationsPerSearch = reader.ReadInt32(),
            FixedStep = reader.ReadDouble() is var step && double.IsNaN(step) ? null : step,
            CompactHistory = reader.ReadInt32() != 0,
        };
        var (loss, iteration, evaluations, stop) = (reader.ReadDouble(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        var (move, pairs) = (reader.ReadDouble(), reader.ReadInt32());
        // Only now are the sizes known to be true.
        reader.CheckSeal();
        var solver = new Lbfgs(reader.ReadDoubles(count), options, applyInverseHessian0)
        {
            _gradient = reader.ReadDoubles(count),
            _move = move,
            Loss = loss,
            Iteration = iteration,
            Evaluations = evaluations,
            StopReason = stop < 0 ? null : (LbfgsStop)stop,
        };
        solver._history.Load(reader, pairs);
        reader.CheckSeal();
        return solver;
    }
}
