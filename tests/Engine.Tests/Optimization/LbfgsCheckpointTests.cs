using PhotoStyle.Optimization;

namespace PhotoStyle.Engine.Tests.Optimization;

public sealed class LbfgsCheckpointTests
{
    private const int Unknowns = 37;

    private static readonly LbfgsOptions Options = new() { MaxEvaluations = 60, History = 4, FirstMove = 0.5 };

    public static TheoryData<Kind> Kinds => [Kind.Plain, Kind.Preconditioned, Kind.Compact];

    public enum Kind
    {
        Plain,
        Preconditioned,
        Compact,
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Going_on_from_any_iteration_gives_the_same_bytes_as_never_stopping(Kind kind)
    {
        var states = new List<byte[]>();
        var solver = Start(kind);
        for (; solver.StopReason is null; solver.Advance(TestFunctions.Rosenbrock)) states.Add(Bytes(solver));
        states.Add(Bytes(solver));
        Assert.InRange(states.Count, 20, 60);
        for (var i = 0; i < states.Count; i++)
        {
            var resumed = Load(states[i], kind);
            for (var j = i; j < states.Count; j++)
            {
                Assert.Equal(states[j], Bytes(resumed));
                if (resumed.StopReason is null) resumed.Advance(TestFunctions.Rosenbrock);
            }
            Assert.Equal(solver.StopReason, resumed.StopReason);
            Assert.Equal(solver.Options, resumed.Options);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_step_that_is_cancelled_leaves_the_state_as_it_was_and_can_be_made_again(Kind kind)
    {
        var reference = Start(kind);
        while (reference.StopReason is null) reference.Advance(TestFunctions.Rosenbrock);

        var insideSearches = 0;
        for (var allowed = 0; allowed < reference.Evaluations; allowed++)
        {
            using var cancellation = new CancellationTokenSource();
            if (allowed == 0) cancellation.Cancel();
            var calls = 0;
            Objective cancelling = (x, gradient) =>
            {
                if (++calls == allowed) cancellation.Cancel();
                return TestFunctions.Rosenbrock(x, gradient);
            };
            var solver = Start(kind);
            var lastState = Bytes(solver);
            Assert.Throws<OperationCanceledException>(() =>
            {
                while (solver.StopReason is null)
                {
                    lastState = Bytes(solver);
                    solver.Step(cancelling, cancellation.Token);
                }
            });
            Assert.Equal(allowed, calls);
            Assert.Equal(lastState, Bytes(solver));
            if (solver.Evaluations < calls) insideSearches++;

            var resumed = Load(lastState, kind);
            while (resumed.StopReason is null) resumed.Advance(TestFunctions.Rosenbrock);
            Assert.Equal(Bytes(reference), Bytes(resumed));
            while (solver.StopReason is null) solver.Advance(TestFunctions.Rosenbrock);
            Assert.Equal(Bytes(reference), Bytes(solver));
        }
        Assert.True(insideSearches > 0);
    }

    [Fact]
    public void An_objective_that_throws_leaves_the_state_as_it_was()
    {
        var solver = Start(Kind.Plain);
        for (var i = 0; i < 8; i++) solver.Advance(TestFunctions.Rosenbrock);
        var before = Bytes(solver);
        Assert.Throws<TimeoutException>(() => solver.Advance((_, _) => throw new TimeoutException()));
        Assert.Equal(before, Bytes(solver));
    }

    [Fact]
    public void Damage_anywhere_is_noticed()
    {
        var solver = Start(Kind.Plain);
        for (var i = 0; i < 8; i++) solver.Advance(TestFunctions.Rosenbrock);
        var bytes = Bytes(solver);
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = bytes.ToArray();
            damaged[i] ^= 0x10;
            AssertRefused(damaged);
        }
        for (var length = 0; length < bytes.Length; length++) AssertRefused(bytes[..length]);

        static void AssertRefused(byte[] bytes) => Assert.Equal(
            ErrorCode.GradeInvalid,
            Assert.Throws<PhotoStyleException>(() => Load(bytes, Kind.Plain)).Code);
    }

    [Fact]
    public void Fixed_steps_go_on_to_the_same_bytes()
    {
        LbfgsOptions options = Options with { FixedStep = 1, CompactHistory = true, FirstMove = 0.01 };
        var solver = new Lbfgs(TestFunctions.RandomPoint(Unknowns, 2, seed: 10), options);
        Objective bowl = TestFunctions.Bowl(Unknowns, condition: 30);
        for (var i = 0; i < 9; i++) solver.Advance(bowl);
        var resumed = Load(Bytes(solver), Kind.Plain);
        while (solver.StopReason is null) solver.Advance(bowl);
        while (resumed.StopReason is null) resumed.Advance(bowl);
        Assert.Equal(Bytes(solver), Bytes(resumed));
        Assert.Equal(options, resumed.Options);
    }

    private static Lbfgs Start(Kind kind) => new(
        TestFunctions.RandomPoint(Unknowns, 2, seed: 10),
        Options with { CompactHistory = kind == Kind.Compact },
        kind == Kind.Preconditioned ? Precondition : null);

    private static Lbfgs Load(byte[] bytes, Kind kind) => Lbfgs.Load(new MemoryStream(bytes), kind == Kind.Preconditioned ? Precondition : null);

    private static void Precondition(ReadOnlySpan<double> vector, Span<double> result)
    {
        for (var i = 0; i < vector.Length; i++) result[i] = vector[i] / (1 + i % 5);
    }

    private static byte[] Bytes(Lbfgs solver)
    {
        var stream = new MemoryStream();
        solver.Save(stream);
        return stream.ToArray();
    }
}
