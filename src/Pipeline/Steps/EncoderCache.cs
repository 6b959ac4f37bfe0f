using System.Collections.Concurrent;
using PhotoStyle.Features;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>Encoders that are open: reading or making their weights takes longer than a small job.</summary>
public sealed class EncoderCache : IDisposable
{
    private readonly ConcurrentDictionary<(string Name, int Seed), Lazy<IFeatureEncoder>> _open = new();

    /// <summary>An encoder, which stays the cache's.</summary>
    /// <exception cref="PhotoStyleException">As for <see cref="EncoderCatalog.Open"/>.</exception>
    public IFeatureEncoder Get(string name, int seed)
    {
        var key = (name, seed);
        try
        {
            return _open.GetOrAdd(key, k => new Lazy<IFeatureEncoder>(() => EncoderCatalog.Open(k.Name, k.Seed))).Value;
        }
        catch (PhotoStyleException)
        {
            // The weights may be there the next time.
            _open.TryRemove(key, out _);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Lazy<IFeatureEncoder> encoder in _open.Values)
        {
            if (encoder.IsValueCreated) encoder.Value.Dispose();
        }
        _open.Clear();
    }
}
