namespace PhotoStyle.Pipeline.Steps;

/// <summary>Locks by name within this process, kept only while somebody has or wants them.</summary>
internal sealed class KeyedLock
{
    private readonly Dictionary<string, (SemaphoreSlim Gate, int Users)> _gates = new(StringComparer.Ordinal);

    /// <summary>Waits until nobody has the name.</summary>
    /// <returns>To be disposed to let go of it.</returns>
    public async Task<IAsyncDisposable> TakeAsync(string name, CancellationToken cancellation)
    {
        SemaphoreSlim gate;
        lock (_gates)
        {
            (gate, int users) = _gates.TryGetValue(name, out (SemaphoreSlim Gate, int Users) found) ? found : (new SemaphoreSlim(1), 0);
            _gates[name] = (gate, users + 1);
        }
        try
        {
            await gate.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            Leave(name);
            throw;
        }
        return new Hold(this, name, gate);
    }

    private void Leave(string name)
    {
        lock (_gates)
        {
            (SemaphoreSlim gate, int users) = _gates[name];
            if (users > 1)
            {
                _gates[name] = (gate, users - 1);
                return;
            }
            _gates.Remove(name);
            gate.Dispose();
        }
    }

    private sealed class Hold(KeyedLock all, string name, SemaphoreSlim gate) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            gate.Release();
            all.Leave(name);
            return ValueTask.CompletedTask;
        }
    }
}
