using BenchmarkDotNet.Attributes;
using PhotoStyle.Optimization;

namespace PhotoStyle.Bench.Optimization;

/// <summary>What L-BFGS itself costs: iterations on a bowl that is nearly free to evaluate, with a full history.</summary>
[MemoryDiagnoser]
public class LbfgsBenchmark
{
    private Lbfgs _solver = null!;
    private double[] _gradient = [];
    private byte[] _checkpoint = [];

    [Params(24_576, 100_000)]
    public int Unknowns { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _gradient = new double[Unknowns];
        var start = new double[Unknowns];
        start.AsSpan().Fill(1);
        _solver = new Lbfgs(start, new LbfgsOptions { MaxEvaluations = int.MaxValue });
        for (var i = 0; i < 2 * _solver.Options.History; i++) _solver.Step(Bowl);
        _checkpoint = Save();
    }

    [Benchmark]
    public double Iteration()
    {
        if (_solver.StopReason is not null) _solver = Lbfgs.Load(new MemoryStream(_checkpoint));
        return _solver.Step(Bowl).Loss;
    }

    [Benchmark]
    public double ObjectiveAlone() => Bowl(_solver.X, _gradient);

    [Benchmark]
    public byte[] Save()
    {
        var stream = new MemoryStream(_checkpoint.Length);
        _solver.Save(stream);
        return stream.GetBuffer();
    }

    private static double Bowl(ReadOnlySpan<double> x, Span<double> gradient)
    {
        var loss = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            // Too ill-conditioned to be solved while the benchmark runs.
            gradient[i] = (1 + 10.0 * i * i) * x[i];
            loss += 0.5 * gradient[i] * x[i];
        }
        return loss;
    }
}
