using System.Globalization;
using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation.Clustering;

/// <summary>The second step of clustering: from the areas of two photos to one set of classes.</summary>
internal static class ClusterDecision
{
    // Squared distance of the two parts of a cluster, in units of AreaFeatures, from which they have little in common.
    private const double FarApart = 6;

    public static SegmentedPair Of(AreaAnalysis content, AreaAnalysis style)
    {
        Superpixels contentAreas = Areas(content), styleAreas = Areas(style);
        AreaGraph contentGraph = AreaGraph.Of(contentAreas), styleGraph = AreaGraph.Of(styleAreas);
        double[][] contentFeatures = Features(content), styleFeatures = Features(style);
        var options = new ClusterOptions();
        var weights = new FeatureWeights();
        double[][] contentSharp = AreaFeatures.WithinEdges(contentFeatures, contentGraph, weights), styleSharp = AreaFeatures.WithinEdges(styleFeatures, styleGraph, weights);
        JointClusters clusters = JointClusters.Of(
            AreaFeatures.InContext(contentFeatures, contentGraph, weights), contentGraph, AreaFeatures.InContext(styleFeatures, styleGraph, weights), styleGraph, options);
        JointClusters diffused = Diffused();
        // What edges enclose has the better borders. But where it shows fewer classes, as in rooms full of things, it has mixed what is different.
        bool isEnclosed = diffused.Count >= clusters.Count;
        if (isEnclosed) clusters = diffused;
        int[] from = isEnclosed ? clusters.Labels[0] : ClusterBorders.Of(clusters.Labels[0], clusters.Count, contentSharp, contentGraph, options);
        int[] to = isEnclosed ? clusters.Labels[1] : ClusterBorders.Of(clusters.Labels[1], clusters.Count, styleSharp, styleGraph, options);
        bool[] leftOut = StyleOnlyAreas.Of(contentSharp, from, contentGraph, styleSharp, to, styleGraph, clusters.Count);
        // What is left out has a label that the content lacks.
        int count = clusters.Count + (leftOut.Contains(true) ? 1 : 0);
        LabelMap contentLabels = WithThinThings(Labels(content, contentAreas, from, clusters.Count), clusters.Count, content.Image), styleLabels = Labels(style, styleAreas, [.. to.Select((label, i) => leftOut[i] ? clusters.Count : label)], count);
        // Clusters have no names but the colours that stand for them in a mask.
        string[] names = [.. Enumerable.Range(0, count).Select(k => MaskPalette.NameOf((byte)k))];
        string[] warnings =
        [
            .. Enumerable.Range(0, clusters.Count)
                .Where(k => clusters.PartsApart(k) > FarApart)
                .Select(k => string.Create(
                    CultureInfo.InvariantCulture,
                    $"The class {names[k]} ({Share(contentLabels, (byte)k):P0} of the content) has no partner in the style that looks like it: look at it with 'photostyle segment', and edit the masks or choose another style.")),
        ];
        return new SegmentedPair(contentLabels, styleLabels, names, warnings);

        JointClusters Diffused()
        {
            AreaBonds contentBonds = Bonds(contentAreas, contentGraph, contentFeatures), styleBonds = Bonds(styleAreas, styleGraph, styleFeatures);
            return JointClusters.Of(
                AreaFeatures.Diffused(contentFeatures, contentBonds), contentGraph, AreaFeatures.Diffused(styleFeatures, styleBonds), styleGraph,
                // None that only the wish for two would keep.
                options with { Fewest = 1 }, (contentBonds, styleBonds));
        }

        AreaBonds Bonds(Superpixels areas, AreaGraph graph, double[][] features) =>
            // Of a place, the side is a distance from the middle: here the column is wanted.
            AreaBonds.Of(AreaFeatures.Looks(features, weights), [.. new AreaMeans(areas, graph).Places().Select(place => new[] { place[0], place[2] })], graph);
    }

    private static Superpixels Areas(AreaAnalysis photo) => Superpixels.Restore(photo.Image.Width, photo.Image.Height, photo.Areas);

    private static double[][] Features(AreaAnalysis photo) => [.. photo.Features.Select(row => row.Select(value => (double)value).ToArray())];

    private static LabelMap Labels(AreaAnalysis photo, Superpixels areas, int[] clusters, int count)
    {
        byte[] labels = [.. areas.Indices.Select(area => (byte)clusters[area])];
        return new LabelMap(photo.Image.Width, photo.Image.Height, BorderRefinement.Of(labels, count, photo.Image));
    }

    private static LabelMap WithThinThings(LabelMap map, int count, FloatImage image) => new(map.Width, map.Height, ThinThings.Of(map.Labels, count, image));

    private static double Share(LabelMap map, byte label) => (double)map.Labels.AsSpan().Count(label) / map.Labels.Length;
}
