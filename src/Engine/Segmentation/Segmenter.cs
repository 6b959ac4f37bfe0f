using PhotoStyle.Imaging;
using PhotoStyle.Segmentation.Clustering;
using PhotoStyle.Segmentation.Labels;
using PhotoStyle.Segmentation.Networks;

namespace PhotoStyle.Segmentation;

/// <summary>Finds the classes of two photos without masks, in two steps: what each photo alone shows, and what that means for both together.</summary>
/// <remarks>
/// The first step is the dear one and can be kept for a photo that is used again (<see cref="PhotoAnalysis.Save"/>). Both are deterministic.
/// Deep Photo Style Transfer, section 3.2, takes the classes of a network; joint clustering is ours, for want of one.
/// </remarks>
public static class Segmenter
{
    /// <summary>Most pixels of the long side at which photos are segmented; borders are refined again at the size of the transfer.</summary>
    public const int Size = 384;

    /// <summary>Most classes of a pair.</summary>
    public const int MostClasses = 8;

    /// <summary>Another text wherever the same photo would give another analysis or decision: part of the name under which an analysis is kept.</summary>
    public const string Version = "segmentation 5";

    /// <summary>The name of the segmenter of outdoor scenes that is part of the program, where networks are named.</summary>
    public const string CompactName = "compact";

    internal const int WantedAreas = 600;

    // Two cuts of the same photo err in different places, and smaller areas follow thin things better.
    private static readonly int[] _namedAreas = [700, 1200];

    // Squared distance of colour and texture, in deviations over the photo, at which a neighbour counts for 1/e in what an area is.
    private const double AgreeingContrast = 0.3;

    /// <summary>Analyses one photo for clustering.</summary>
    /// <param name="photo">The photo; not kept.</param>
    public static AreaAnalysis Analyse(Photo photo)
    {
        TorchRuntime.Initialize();
        FloatImage image = photo.ToFloatImage(Size);
        (Superpixels areas, AreaDescriptors descriptors, double[][] probabilities) = Describe(image, WantedAreas, AreaClassifier.Embedded);
        double[][] features = AreaFeatures.Of(descriptors, probabilities, new FeatureWeights());
        return new AreaAnalysis(image, areas.Indices, [.. features.Select(row => row.Select(value => (float)value).ToArray())]);
    }

    /// <summary>Names what a photo shows without any file: <see cref="CompactName"/> tells sky, water, vegetation, ground, mountain, building, road, person and other apart.</summary>
    /// <param name="photo">The photo; not kept.</param>
    public static ClassAnalysis Name(Photo photo)
    {
        TorchRuntime.Initialize();
        FloatImage image = photo.ToFloatImage(Size);
        var planes = new FloatImage(AreaClassifier.Names.Count, image.Height, image.Width);
        foreach (int wantedAreas in _namedAreas)
        {
            (Superpixels areas, AreaDescriptors descriptors, double[][] probabilities) = Describe(image, wantedAreas, AreaClassifier.Naming);
            probabilities = AreaSmoothing.Of(descriptors.Graph, [.. descriptors.Looks.Select(look => look[..AreaDescriptors.Absolute])], probabilities, AgreeingContrast);
            Parallel.For(0, planes.Channels, k =>
            {
                Span<float> plane = planes.Plane(k);
                for (int i = 0; i < plane.Length; i++) plane[i] += (float)probabilities[areas.Indices[i]][k] / _namedAreas.Length;
            });
        }

        return new ClassAnalysis(image, planes, AreaClassifier.Names);
    }

    /// <summary>Analyses one photo with a network.</summary>
    /// <param name="photo">The photo; not kept.</param>
    /// <param name="network">The network.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.ModelInvalid"/>: the model does not do what its description says.</exception>
    public static ClassAnalysis Analyse(Photo photo, SegmentationNetwork network) => network.Analyse(photo);

    /// <summary>Decides on the classes of both photos.</summary>
    /// <param name="content">The content.</param>
    /// <param name="style">The style, analysed in the same way.</param>
    /// <exception cref="ArgumentException">The photos were analysed in different ways.</exception>
    public static SegmentedPair Decide(PhotoAnalysis content, PhotoAnalysis style) => (content, style) switch
    {
        (AreaAnalysis from, AreaAnalysis to) => ClusterDecision.Of(from, to),
        (ClassAnalysis from, ClassAnalysis to) => ClassDecision.Of(from, to),
        _ => throw new ArgumentException("Both photos have to be analysed in the same way."),
    };

    private static (Superpixels Areas, AreaDescriptors Descriptors, double[][] Probabilities) Describe(FloatImage image, int wantedAreas, AreaClassifier classifier)
    {
        FloatImage lab = ColourSpace.ToLab(image);
        Superpixels areas = Superpixels.Of(lab, wantedAreas);
        AreaDescriptors descriptors = AreaDescriptors.Of(image, lab, areas);
        return (areas, descriptors, classifier.Classify(descriptors.WithContext()));
    }
}
