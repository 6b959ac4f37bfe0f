using System.Reflection;
using System.Text;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Worker.Tests.Queue;

public sealed class BlobCheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IBlobContainer _container;
    private readonly SlowContainer _control;
    private readonly List<Exception> _failures = [];
    private readonly BlobCheckpoint _checkpoint;

    public BlobCheckpointTests()
    {
        (_container, _control) = SlowContainer.Create(PipelineStorage.InFolder(_folder.Path).Checkpoints);
        _checkpoint = new BlobCheckpoint(_container, "state", _failures.Add);
    }

    public void Dispose()
    {
        _control.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_solver_goes_on_while_a_state_is_on_its_way_and_waits_before_the_next_one()
    {
        Save("one");
        Assert.Null(await ReadAsync());

        Task second = Task.Run(() => Save("two"), TestContext.Current.CancellationToken);
        await _control.Entered(1);
        Assert.False(second.IsCompleted);
        _control.LetOneThrough();
        await second;
        Assert.Equal("one", await ReadAsync());

        _control.LetOneThrough();
        await _checkpoint.FlushAsync();
        Assert.Equal("two", await ReadAsync());
    }

    [Fact]
    public async Task A_state_that_is_kept_already_is_not_written_again()
    {
        Save("one");
        _control.LetOneThrough();
        await _checkpoint.FlushAsync();
        Save("one");
        await _checkpoint.FlushAsync();
        var next = new BlobCheckpoint(_container, "state");
        using (Stream opened = next.Open()!) Assert.Equal("one", await new StreamReader(opened).ReadToEndAsync(TestContext.Current.CancellationToken));
        next.Save(stream => stream.Write("one"u8));
        await next.FlushAsync();

        Assert.Equal(1, _control.Writes);
    }

    [Fact]
    public async Task A_state_that_could_not_be_written_is_reported_and_written_the_next_time()
    {
        _control.Fail = true;
        Save("one");
        _control.LetOneThrough();
        await Assert.ThrowsAsync<IOException>(_checkpoint.FlushAsync);
        _control.Fail = false;
        Save("one");
        _control.LetOneThrough();
        await _checkpoint.FlushAsync();

        Assert.Equal("one", await ReadAsync());
        Assert.IsType<IOException>(Assert.Single(_failures));
    }

    [Fact]
    public async Task What_is_on_its_way_does_not_come_back_after_deletion()
    {
        Save("one");
        Task deleted = _checkpoint.DeleteAsync(TestContext.Current.CancellationToken);
        _control.LetOneThrough();
        await deleted;

        Assert.Null(await ReadAsync());
        Assert.Equal(1, _control.Writes);
    }

    [Fact]
    public async Task A_large_state_is_kept_as_a_small_one_is()
    {
        byte[] large = new byte[(64 << 20) + 1];
        foreach (byte mark in new byte[] { 1, 2 })
        {
            large[^1] = mark;
            _checkpoint.Save(stream => stream.Write(large));
            _control.LetOneThrough();
        }
        await _checkpoint.FlushAsync();
        var next = new BlobCheckpoint(_container, "state");
        using (Stream opened = next.Open()!)
        {
            var read = new byte[large.Length];
            await opened.ReadExactlyAsync(read, TestContext.Current.CancellationToken);
            Assert.True(read.AsSpan().SequenceEqual(large));
        }
        next.Save(stream => stream.Write("small again"u8));
        _control.LetOneThrough();
        await next.FlushAsync();

        Assert.Equal("small again", await ReadAsync());
        Assert.Empty(_failures);
    }

    private void Save(string state) => _checkpoint.Save(stream => stream.Write(Encoding.ASCII.GetBytes(state)));

    private async Task<string?> ReadAsync() =>
        await _container.ReadAsync("state", TestContext.Current.CancellationToken) is { } bytes ? Encoding.ASCII.GetString(bytes) : null;

    /// <summary>Writes when it is told to; does all else at once.</summary>
#pragma warning disable CA1852 // The proxy is a class made from it.
    private class SlowContainer : DispatchProxy, IDisposable
    {
        private readonly SemaphoreSlim _gate = new(0);
        private IBlobContainer? _inner;

        public bool Fail { get; set; }

        public int Writes { get; private set; }

        public static (IBlobContainer Container, SlowContainer Control) Create(IBlobContainer inner)
        {
            IBlobContainer container = Create<IBlobContainer, SlowContainer>();
            var control = (SlowContainer)container;
            control._inner = inner;
            return (container, control);
        }

        public void Dispose() => _gate.Dispose();

        public void LetOneThrough() => _gate.Release();

        public Task Entered(int writes) => TestAccount.UntilAsync(() => Task.FromResult(Writes >= writes));

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(IBlobContainer.WriteAsync) ? WriteAsync((string)args![0]!, (Stream)args[1]!) : targetMethod.Invoke(_inner, args);

        private async Task WriteAsync(string name, Stream content)
        {
            Writes++;
            await _gate.WaitAsync(TestContext.Current.CancellationToken);
            if (Fail) throw new IOException("The line is dead.");
            await _inner!.WriteAsync(name, content);
        }
    }
}
