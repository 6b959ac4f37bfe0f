namespace PhotoStyle.Optimization;

/// <summary>Minimises by Adam (Kingma, Ba, <i>Adam: A Method for Stochastic Optimization</i>, 2015, algorithm 1), with its β₁ = 0.9, β₂ = 0.999 and ε = 10⁻⁸.</summary>
/// <remarks>Takes two vectors of memory where L-BFGS takes two for each pair of its history, and more evaluations to the same loss.</remarks>
internal sealed class Adam : IOptimiser
{
    private const double MeanDecay = 0.9, SquareDecay = 0.999, Epsilon = 1e-8;

    /// <summary>"PSADAM" and the version of the format.</summary>
    private const long CheckpointMagic = 0x01_4D_41_44_41_53_50;

    private readonly double[] _x;
    private readonly double[] _mean;
    private readonly double[] _square;
    private readonly double[] _gradient;
    private readonly int _maxEvaluations;
    private readonly double _rate;

    /// <param name="start">The n unknowns to start from; copied.</param>
    /// <param name="maxEvaluations">Evaluations that may be spent, at least 1; each makes a move.</param>
    /// <param name="rate">About how far an unknown moves at once.</param>
    public Adam(ReadOnlySpan<double> start, int maxEvaluations, double rate)
    {
        (_x, _maxEvaluations, _rate) = (start.ToArray(), maxEvaluations, rate);
        _mean = new double[start.Length];
        _square = new double[start.Length];
        _gradient = new double[start.Length];
    }

    /// <inheritdoc/>
    public ReadOnlySpan<double> X => _x;

    /// <inheritdoc/>
    public int Evaluations { get; private set; }

    /// <inheritdoc/>
    public LbfgsStop? StopReason { get; private set; }

    /// <inheritdoc/>
    public LbfgsIteration Step(Objective objective, CancellationToken cancellation = default)
    {
        if (StopReason is not null) throw new InvalidOperationException($"The minimisation has ended: {StopReason}.");
        cancellation.ThrowIfCancellationRequested();
        double loss = objective(_x, _gradient), norm = VectorMath.Norm(_gradient);
        int evaluation = ++Evaluations;
        if (!double.IsFinite(loss) || !double.IsFinite(norm))
        {
            StopReason = evaluation == 1 ? LbfgsStop.StartNotFinite : LbfgsStop.StepNotFinite;
            return new LbfgsIteration(evaluation - 1, evaluation, loss, norm, StepLength: 0);
        }
        double meanScale = 1 / (1 - Math.Pow(MeanDecay, evaluation)), squareScale = 1 / (1 - Math.Pow(SquareDecay, evaluation));
        for (int i = 0; i < _x.Length; i++)
        {
            _mean[i] += (1 - MeanDecay) * (_gradient[i] - _mean[i]);
            _square[i] += (1 - SquareDecay) * (_gradient[i] * _gradient[i] - _square[i]);
            _x[i] -= _rate * meanScale * _mean[i] / (Math.Sqrt(squareScale * _square[i]) + Epsilon);
        }
        if (evaluation >= _maxEvaluations) StopReason = LbfgsStop.EvaluationBudget;
        return new LbfgsIteration(evaluation, evaluation, loss, norm, _rate);
    }

    /// <inheritdoc/>
    public void Save(Stream stream)
    {
        using var writer = new CheckpointWriter(stream);
        writer.Write(CheckpointMagic);
        writer.Write(_x.Length);
        writer.Write(_maxEvaluations);
        writer.Write(_rate);
        writer.Write(Evaluations);
        writer.Write(StopReason is { } reason ? (int)reason : -1);
        writer.Seal();
        writer.Write(_x);
        writer.Write(_mean);
        writer.Write(_square);
        writer.Seal();
    }

    /// <summary>Reads a state that <see cref="Save"/> wrote. Going on from it gives the same bits as never having stopped.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.GradeInvalid"/>: the state is damaged, cut short or of another version.</exception>
    public static Adam Load(Stream stream)
    {
        using var reader = new CheckpointReader(stream);
        if (reader.ReadInt64() != CheckpointMagic) throw CheckpointReader.Damaged();
        (int count, int maxEvaluations, double rate, int evaluations, int stop) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble(), reader.ReadInt32(), reader.ReadInt32());
        // Only now are the sizes known to be true.
        reader.CheckSeal();
        var solver = new Adam(reader.ReadDoubles(count), maxEvaluations, rate) { Evaluations = evaluations, StopReason = stop < 0 ? null : (LbfgsStop)stop };
        reader.ReadDoubles(count).CopyTo(solver._mean, 0);
        reader.ReadDoubles(count).CopyTo(solver._square, 0);
        reader.CheckSeal();
        return solver;
    }
}
