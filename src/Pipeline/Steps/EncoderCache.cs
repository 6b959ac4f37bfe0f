using System.Collections.Concurrent;
using PhotoStyle.Features;
using PhotoStyle.Models;
using PhotoStyle.Optimization;
using PhotoStyle.Transfer;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>Encoders that are open: reading or making their weights takes longer than a small job.</summary>
/// <param name="device">Where they run.</param>
public sealed class EncoderCache(ComputeDevice device = ComputeDevice.Auto) : IDisposable
{
    private readonly ConcurrentDictionary<(string Name, Precision Precision, string Layers), Lazy<IFeatureEncoder>> _open = new();

    /// <summary>An encoder, which stays the cache's.</summary>
    /// <exception cref="PhotoStyleException">As for <see cref="EncoderCatalog.Open"/> and <see cref="TorchRuntime.DeviceOf"/>.</exception>
    public IFeatureEncoder Get(string name, Precision precision, TransferOptions options)
    {
        var key = (name, precision, Layers(options));
        try
        {
            return _open.GetOrAdd(key, k => new Lazy<IFeatureEncoder>(() => Open(k.Name, k.Precision, options))).Value;
        }
        catch (PhotoStyleException)
        {
            // The weights may be there the next time.
            _open.TryRemove(key, out _);
            throw;
        }
    }

    /// <summary>What the names of grades promise is checked: another file under a known name would be taken for the same encoder.</summary>
    private IFeatureEncoder Open(string name, Precision precision, TransferOptions options)
    {
        IFeatureEncoder encoder = EncoderCatalog.Open(name, options.ChooseLayers, precision, TorchRuntime.DeviceOf(device));
        if (ModelManifest.Find(name) is not { } model || ModelFile.VerifyAsync(model, CancellationToken.None).GetAwaiter().GetResult() == ModelState.Intact) return encoder;
        encoder.Dispose();
        throw new PhotoStyleException(
            ErrorCode.WeightsInvalid, $"{ModelFolder.PathOf(model)} is not the file that jobs mean by '{name}': fetch it again, and see 'photostyle models verify'.");
    }

    /// <summary>All that the choice of layers depends on besides the encoder.</summary>
    private static string Layers(TransferOptions options)
    {
        PixelOptions pixels = options.Pixels;
        return options.SolvesPixels ? $"{string.Join(',', pixels.StyleLayers ?? PixelOptions.DefaultStyleLayers)}/{(pixels.ContentWeight > 0 ? pixels.ContentLayer : "none")}" : "";
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
