using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;
using PhotoStyle.Segmentation.Networks;

namespace PhotoStyle.Cli.Commands;

/// <summary>Analyses pairs of photos in one of the ways that need no masks.</summary>
internal sealed class PhotoSegmentation : IDisposable
{
    private readonly SegmentationNetwork? _network;
    private readonly bool _names;

    private PhotoSegmentation(SegmentationNetwork? network, bool names) => (_network, _names) = (network, names);

    /// <summary>How, for people.</summary>
    public string Detail => _network is not null ? $"with network {_network.Name}" : _names ? "with the compact segmenter" : "by clustering both photos";

    /// <summary>The network that is asked; null where none is.</summary>
    public string? Network => _network?.Name ?? (_names ? Segmenter.CompactName : null);

    /// <exception cref="PhotoStyleException">The network can not be opened.</exception>
    public static PhotoSegmentation Open(SegmentationMode mode, string network)
    {
        bool asks = mode == SegmentationMode.Onnx, names = asks && network == Segmenter.CompactName;
        return new(asks && !names ? SegmentationNetwork.Open(network) : null, names);
    }

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

    public void Dispose() => _network?.Dispose();

    private PhotoAnalysis Analyse(Photo photo) => _network is not null ? Segmenter.Analyse(photo, _network) : _names ? Segmenter.Name(photo) : Segmenter.Analyse(photo);
}
