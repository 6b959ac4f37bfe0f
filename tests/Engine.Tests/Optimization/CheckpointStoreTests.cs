using PhotoStyle.Engine.Tests.Imaging;
using PhotoStyle.Optimization;

namespace PhotoStyle.Engine.Tests.Optimization;

public sealed class CheckpointStoreTests : IDisposable
{
    private static readonly byte[] Fingerprint = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private readonly TemporaryFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Without_a_file_there_is_no_state() => Assert.Null(Store().Load(Load));

    [Fact]
    public void What_was_saved_last_is_loaded()
    {
        Lbfgs solver = Solver(steps: 5);
        Store().Save(Solver(steps: 2).Save);
        Store().Save(solver.Save);

        Lbfgs loaded = Store().Load(Load)!;
        Assert.Equal(solver.X.ToArray(), loaded.X.ToArray());
        Assert.Equal((solver.Loss, solver.Iteration, solver.Evaluations), (loaded.Loss, loaded.Iteration, loaded.Evaluations));
    }

    [Fact]
    public void It_is_saved_only_when_due()
    {
        new CheckpointStore(new Checkpoint(_files["state"], TimeSpan.FromDays(1)), Fingerprint).SaveIfDue(Solver(steps: 1).Save);
        Assert.Empty(Directory.GetFiles(_files.Folder));

        new CheckpointStore(new Checkpoint(_files["state"], TimeSpan.Zero), Fingerprint).SaveIfDue(Solver(steps: 1).Save);
        Assert.Single(Directory.GetFiles(_files.Folder));
    }

    /// <summary>Seconds of an iteration, of each fifth one, of writing a state and of its way to its place.</summary>
    [Theory]
    [InlineData(0.05, 0.1, 0.01, 0.02)]
    [InlineData(0.3, 0.9, 0.5, 4)]
    [InlineData(0.3, 0.9, 2, 30)]
    [InlineData(2, 6, 0.3, 3)]
    [InlineData(4, 4, 0.5, 3)]
    [InlineData(4, 8, 0.5, 30)]
    [InlineData(7, 9, 1, 1)]
    [InlineData(10, 10, 5, 20)]
    public void At_no_moment_are_more_than_ten_seconds_of_work_at_stake(double iteration, double fifth, double writing, double way)
    {
        var clock = new ManualClock();
        var storage = new SlowStorage(clock, TimeSpan.FromSeconds(writing), TimeSpan.FromSeconds(way));
        var store = new CheckpointStore(new Checkpoint(storage, TimeSpan.FromSeconds(4)), Fingerprint, clock);
        TimeSpan worked = TimeSpan.Zero, most = TimeSpan.Zero;
        for (int i = 1; i <= 200; i++)
        {
            TimeSpan took = TimeSpan.FromSeconds(i % 5 == 1 ? fifth : iteration);
            // The most is at stake when a state arrives, just before, and at the end.
            if (storage.ArrivesIn is { Ticks: > 0 } arrives && arrives < took) most = Longest(most, worked + arrives - storage.Safe);
            clock.Advance(took);
            worked += took;
            most = Longest(most, worked - storage.Safe);
            storage.Worked = worked;
            store.SaveIfDue(stream => stream.WriteByte(1));
        }

        Assert.InRange(most, TimeSpan.FromSeconds(Math.Max(iteration, fifth)), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_state_that_takes_long_to_write_is_written_less_often_as_far_as_little_is_at_stake()
    {
        Assert.Equal(10, SavesIn(seconds: 40, writing: 0.1));
        Assert.InRange(SavesIn(seconds: 40, writing: 1), 4, 6);

        static int SavesIn(int seconds, double writing)
        {
            var clock = new ManualClock();
            var storage = new SlowStorage(clock, TimeSpan.FromSeconds(writing), TimeSpan.Zero);
            var store = new CheckpointStore(new Checkpoint(storage, TimeSpan.FromSeconds(4)), Fingerprint, clock);
            for (int i = 0; i < seconds * 4; i++)
            {
                clock.Advance(TimeSpan.FromSeconds(0.25));
                store.SaveIfDue(stream => stream.WriteByte(1));
            }
            return storage.Saves;
        }
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(5, 1)]
    [InlineData(7, 1)]
    [InlineData(8.5, 2)]
    public void The_end_is_saved_as_early_as_any_state_and_no_earlier(double seconds, int saves)
    {
        var clock = new ManualClock();
        var storage = new SlowStorage(clock, TimeSpan.Zero, TimeSpan.Zero);
        var store = new CheckpointStore(new Checkpoint(storage, TimeSpan.FromSeconds(4)), Fingerprint, clock);
        for (int i = 0; i < seconds * 2; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(0.5));
            store.SaveIfDue(stream => stream.WriteByte(1));
        }

        store.SaveEnd(stream => stream.WriteByte(1));

        Assert.Equal(saves, storage.Saves);
    }

    [Fact]
    public void What_is_to_be_saved_each_time_is_saved_at_the_end_too()
    {
        var storage = new SlowStorage(new ManualClock(), TimeSpan.Zero, TimeSpan.Zero);

        new CheckpointStore(new Checkpoint(storage, TimeSpan.Zero), Fingerprint).SaveEnd(stream => stream.WriteByte(1));

        Assert.Equal(1, storage.Saves);
    }

    [Fact]
    public void A_state_that_does_not_arrive_is_saved_again_after_each_iteration()
    {
        var clock = new ManualClock();
        var storage = new SlowStorage(clock, TimeSpan.Zero, TimeSpan.Zero) { Fails = true };
        var store = new CheckpointStore(new Checkpoint(storage, TimeSpan.FromSeconds(4)), Fingerprint, clock);
        for (int i = 0; i < 20; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            store.SaveIfDue(stream => stream.WriteByte(1));
        }

        Assert.InRange(storage.Saves, 16, 20);
    }

    [Fact]
    public void The_state_of_another_problem_is_refused_with_the_name_of_the_file()
    {
        Store().Save(Solver(steps: 1).Save);
        byte[] other = [.. Fingerprint];
        other[^1] ^= 1;

        PhotoStyleException error = Assert.Throws<PhotoStyleException>(() => new CheckpointStore(new Checkpoint(_files["state"], default), other).Load(Load));

        Assert.Equal(ErrorCode.GradeInvalid, error.Code);
        Assert.Contains(_files["state"], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_short_or_damaged_is_refused()
    {
        Store().Save(Solver(steps: 2).Save);
        byte[] whole = File.ReadAllBytes(_files["state"]);
        foreach (int length in new[] { 0, 1, 31, 32, 33, whole.Length / 2, whole.Length - 1 }) AssertRefused(whole[..length]);
        foreach (int at in new[] { 0, 31, 32, whole.Length / 2, whole.Length - 1 })
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 0x10;
            AssertRefused(damaged);
        }
    }

    [Fact]
    public void A_folder_that_is_missing_is_told()
    {
        var store = new CheckpointStore(new Checkpoint(_files["none/state"], TimeSpan.Zero), Fingerprint);

        Assert.Equal(ErrorCode.OutputNotWritable, Assert.Throws<PhotoStyleException>(() => store.Save(Solver(steps: 1).Save)).Code);
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_told()
    {
        Directory.CreateDirectory(_files["state"]);

        Assert.Equal(ErrorCode.OutputNotWritable, Assert.Throws<PhotoStyleException>(() => Store().Save(Solver(steps: 1).Save)).Code);
    }

    private void AssertRefused(byte[] bytes)
    {
        _files.WithBytes("state", bytes);
        Assert.Equal(ErrorCode.GradeInvalid, Assert.Throws<PhotoStyleException>(() => Store().Load(Load)).Code);
    }

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static Lbfgs Load(Stream stream) => Lbfgs.Load(stream, Precondition);

    private static void Precondition(ReadOnlySpan<double> source, Span<double> target) => source.CopyTo(target);

    private CheckpointStore Store() => new(new Checkpoint(_files["state"], TimeSpan.Zero), Fingerprint);

    private static Lbfgs Solver(int steps)
    {
        var solver = new Lbfgs(TestFunctions.RandomPoint(7, 2, seed: 1), new LbfgsOptions { MaxEvaluations = 50 });
        for (int i = 0; i < steps; i++) solver.Advance(TestFunctions.Rosenbrock);
        return solver;
    }

    /// <summary>Stands still unless it is moved.</summary>
    private sealed class ManualClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }

    /// <summary>Takes a time to write a state, and another one until it is safe, behind the solver.</summary>
    private sealed class SlowStorage(ManualClock clock, TimeSpan writing, TimeSpan way) : ICheckpointStorage
    {
        private TimeSpan _onItsWay, _arrived;
        private long _arrival;

        public bool Fails { get; init; }

        public int Saves { get; private set; }

        /// <summary>The work done so far, set by the test.</summary>
        public TimeSpan Worked { get; set; }

        /// <summary>The work that the last state holds that has arrived.</summary>
        public TimeSpan Safe => ArrivesIn > TimeSpan.Zero ? _arrived : _onItsWay;

        public TimeSpan ArrivesIn => TimeSpan.FromTicks(_arrival - clock.GetTimestamp());

        public string Name => "slow";

        public bool IsSafe(bool wait)
        {
            if (wait && ArrivesIn is { Ticks: > 0 } left) clock.Advance(left);
            return !Fails && ArrivesIn <= TimeSpan.Zero;
        }

        public Stream? Open() => null;

        public void Save(Action<Stream> write)
        {
            write(Stream.Null);
            clock.Advance(writing);
            IsSafe(wait: true);
            (_arrived, _onItsWay, _arrival) = (_onItsWay, Worked, clock.GetTimestamp() + way.Ticks);
            Saves++;
        }
    }
}
