using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;
using PhotoStyle.Segmentation.Networks;

namespace PhotoStyle.Cli.Commands;

/// <summary>Analyses pairs of photos in one of the ways that need no masks.</summary>
internal sealed class PhotoSegmentation : IDisposable
{
    private readonly SegmentationNetwork? _network;

    private PhotoSegmentation(SegmentationNetwork? network) => _network = network;

    /// <summary>How, for people.</summary>
    public string Detail => _network is null ? "by clustering both photos" : $"with network {_network.Name}";

    /// <exception cref="PhotoStyleException">The network can not be opened.</exception>
    public static PhotoSegmentation Open(SegmentationMode mode, string network) => new(mode == SegmentationMode.Onnx ? SegmentationNetwork.Open(network) : null);

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

    private PhotoAnalysis Analyse(Photo photo) => _network is null ? Segmenter.Analyse(photo) : Segmenter.Analyse(photo, _network);
}
