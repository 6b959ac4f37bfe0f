using PhotoStyle.Imaging;
using PhotoStyle.Segmentation.Networks;

namespace PhotoStyle.Segmentation;

/// <summary>Analyses photos in one of the ways that need no masks: for clustering, with the compact segmenter, or with a network that it holds open.</summary>
public sealed class PhotoSegmentation : IDisposable
{
    private readonly SegmentationNetwork? _network;
    private readonly bool _names;

    private PhotoSegmentation(SegmentationNetwork? network, bool names) => (_network, _names) = (network, names);

    /// <summary>How, for people.</summary>
    public string Detail => _network is not null ? $"with network {_network.Name}" : _names ? "with the compact segmenter" : "by clustering both photos";

    /// <summary>The network that is asked; null where none is.</summary>
    public string? Network => _network?.Name ?? (_names ? Segmenter.CompactName : null);

    /// <summary>Opens the network, if there is one to ask.</summary>
    /// <param name="mode"><see cref="SegmentationMode.Onnx"/> asks a network; any other clusters.</param>
    /// <param name="network"><see cref="Segmenter.CompactName"/>, or as for <see cref="SegmentationNetwork.Open"/>; looked at only if one is asked.</param>
    /// <exception cref="PhotoStyleException">The network can not be opened.</exception>
    public static PhotoSegmentation Open(SegmentationMode mode, string network)
    {
        bool asks = mode == SegmentationMode.Onnx, names = asks && network == Segmenter.CompactName;
        return new(asks && !names ? SegmentationNetwork.Open(network) : null, names);
    }

    /// <summary>Analyses one photo; several at once may be.</summary>
    /// <param name="photo">The photo; not kept.</param>
    public PhotoAnalysis Analyse(Photo photo) => _network is not null ? Segmenter.Analyse(photo, _network) : _names ? Segmenter.Name(photo) : Segmenter.Analyse(photo);

    /// <summary>Analyses two photos, once if they are the same.</summary>
    /// <param name="first">One photo; not kept.</param>
    /// <param name="second">The other one; not kept.</param>
    public (PhotoAnalysis First, PhotoAnalysis Second) Analyse(Photo first, Photo second)
    {
        if (ReferenceEquals(first, second))
        {
            PhotoAnalysis both = Analyse(first);
            return (both, both);
        }

        PhotoAnalysis? one = null, other = null;
        Parallel.Invoke(() => one = Analyse(first), () => other = Analyse(second));
        return (one!, other!);
    }

    /// <inheritdoc/>
    public void Dispose() => _network?.Dispose();
}
