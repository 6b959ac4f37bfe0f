using PhotoStyle.Engine.Tests.Imaging;
using PhotoStyle.Grading;
using PhotoStyle.Optimization;
using PhotoStyle.Transfer;

namespace PhotoStyle.Engine.Tests.Transfer;

public sealed class StyleTransferCheckpointTests : IDisposable
{
    private readonly SyntheticPair _pair = new();
    private readonly TemporaryFolder _files = new();
    private readonly Checkpoint _checkpoint;

    public StyleTransferCheckpointTests() => _checkpoint = new Checkpoint(_files["state"], TimeSpan.FromDays(1));

    public void Dispose()
    {
        _pair.Dispose();
        _files.Dispose();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void A_transfer_that_was_cancelled_goes_on_to_the_same_bytes(int iteration)
    {
        byte[] expected = SyntheticPair.Bytes(Solve());

        CancelAt(iteration);
        Assert.True(File.Exists(_files["state"]));
        var told = new List<SolveProgress>();
        Grade resumed = Solve(told.Add, _checkpoint);

        Assert.Equal(expected, SyntheticPair.Bytes(resumed));
        Assert.Equal(iteration + 1, told[0].Iteration);
    }

    [Fact]
    public void A_transfer_that_was_done_but_whose_result_was_lost_is_not_solved_again()
    {
        Checkpoint always = _checkpoint with { Interval = TimeSpan.Zero };
        var before = new List<SolveProgress>();
        byte[] first = SyntheticPair.Bytes(Solve(before.Add, always));

        var told = new List<SolveProgress>();
        Grade again = Solve(told.Add, always);

        Assert.Equal(first, SyntheticPair.Bytes(again));
        // How it ended is told once more.
        SolveProgress end = Assert.Single(told);
        Assert.Equal(0, end.EvaluationsNow);
        Assert.Equal((before[^1].Iteration, before[^1].Evaluations, before[^1].Loss), (end.Iteration, end.Evaluations, end.Loss));
        Assert.Equal(before[^1].Terms, end.Terms);
    }

    [Fact]
    public void A_transfer_that_was_cancelled_again_and_again_goes_on_to_the_same_bytes()
    {
        byte[] expected = SyntheticPair.Bytes(Solve());

        for (int iteration = 0; iteration < 4; iteration++) CancelAt(iteration);

        Assert.Equal(expected, SyntheticPair.Bytes(Solve(checkpoint: _checkpoint)));
    }

    [Fact]
    public void A_transfer_that_was_killed_goes_on_from_what_was_saved_last()
    {
        Checkpoint always = _checkpoint with { Interval = TimeSpan.Zero }, left = new(_files["left"], TimeSpan.Zero);
        // What the file holds at that moment is what a kill leaves.
        byte[] expected = SyntheticPair.Bytes(Solve(p => { if (p.Iteration == 4) File.Copy(_files["state"], _files["left"]); }, always));

        var told = new List<SolveProgress>();
        Grade resumed = Solve(told.Add, left);

        Assert.Equal(4, told[0].Iteration);
        Assert.Equal(expected, SyntheticPair.Bytes(resumed));
    }

    [Fact]
    public void Before_the_interval_has_passed_nothing_is_written_not_even_at_the_end()
    {
        Solve(_ => Assert.False(File.Exists(_files["state"])), _checkpoint);

        Assert.False(File.Exists(_files["state"]));
    }

    [Fact]
    public void Without_a_checkpoint_a_cancellation_leaves_nothing_behind()
    {
        using var cancellation = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => Solve(_ => cancellation.Cancel(), cancellation: cancellation.Token));

        Assert.Empty(Directory.GetFiles(_files.Folder));
    }

    [Fact]
    public void A_checkpoint_of_another_transfer_is_refused_and_stays()
    {
        CancelAt(2);
        byte[] state = File.ReadAllBytes(_files["state"]);
        SolverOptions solver = SyntheticPair.Options.Solver;
        (string What, Func<Grade> Run)[] others =
        [
            ("other content", () => SyntheticPair.Solve(_pair.LabelledStyle, _pair.LabelledStyle, checkpoint: _checkpoint)),
            ("no labels", () => SyntheticPair.Solve(new(_pair.Content), new(_pair.Style), checkpoint: _checkpoint)),
            ("other labels", () => SyntheticPair.Solve(new(_pair.Content, SyntheticPair.LabelsWithHouse), _pair.LabelledStyle, checkpoint: _checkpoint)),
            ("other encoder", () => SyntheticPair.Solve(_pair.LabelledContent, _pair.LabelledStyle, checkpoint: _checkpoint, encoderSeed: 2)),
            ("other size", () => Other(SyntheticPair.Options with { Size = 70 })),
            ("other seed", () => Other(SyntheticPair.Options with { Seed = 5 })),
            ("other budget", () => Other(SyntheticPair.Options with { Solver = solver with { Evaluations = 9 } })),
            ("other weight", () => Other(SyntheticPair.Options with { Solver = solver with { PhotorealismWeight = solver.PhotorealismWeight + 1 } })),
            ("other grid", () => Other(SyntheticPair.Options with { Solver = solver with { Grid = new GridShape(5, 6, 4) } })),
        ];

        foreach ((string what, Func<Grade> run) in others)
        {
            PhotoStyleException error = Assert.Throws<PhotoStyleException>(run);
            Assert.True(error.Code == ErrorCode.GradeInvalid && error.Message.Contains(_files["state"], StringComparison.Ordinal), what);
            Assert.Equal(state, File.ReadAllBytes(_files["state"]));
        }

        Grade Other(TransferOptions options) => SyntheticPair.Solve(_pair.LabelledContent, _pair.LabelledStyle, options, checkpoint: _checkpoint);
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused()
    {
        CancelAt(1);
        byte[] state = File.ReadAllBytes(_files["state"]);
        foreach (int at in new[] { 0, 40, state.Length / 2, state.Length - 1 })
        {
            byte[] damaged = [.. state];
            damaged[at] ^= 1;
            File.WriteAllBytes(_files["state"], damaged);
            Assert.Equal(ErrorCode.GradeInvalid, Assert.Throws<PhotoStyleException>(() => Solve(checkpoint: _checkpoint)).Code);
        }
    }

    private Grade Solve(Action<SolveProgress>? progress = null, Checkpoint? checkpoint = null, CancellationToken? cancellation = null) =>
        SyntheticPair.Solve(_pair.LabelledContent, _pair.LabelledStyle, null, progress, checkpoint, cancellation);

    /// <summary>Cancels after an iteration; after −1, before anything was evaluated.</summary>
    private void CancelAt(int iteration)
    {
        using var cancellation = new CancellationTokenSource();
        if (iteration < 0) cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Solve(p => { if (p.Iteration == iteration) cancellation.Cancel(); }, _checkpoint, cancellation.Token));
    }
}
