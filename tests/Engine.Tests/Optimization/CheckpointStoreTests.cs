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

    private static Lbfgs Load(Stream stream) => Lbfgs.Load(stream, Precondition);

    private static void Precondition(ReadOnlySpan<double> source, Span<double> target) => source.CopyTo(target);

    private CheckpointStore Store() => new(new Checkpoint(_files["state"], TimeSpan.Zero), Fingerprint);

    private static Lbfgs Solver(int steps)
    {
        var solver = new Lbfgs(TestFunctions.RandomPoint(7, 2, seed: 1), new LbfgsOptions { MaxEvaluations = 50 });
        for (int i = 0; i < steps; i++) solver.Advance(TestFunctions.Rosenbrock);
        return solver;
    }
}
