using System.Globalization;

namespace PhotoStyle.Segmentation.Labels;

/// <summary>The second step with a network: from the probabilities of its labels in two photos to one set of few classes.</summary>
internal static class ClassDecision
{
    // In shares of the photo: what is smaller has too few pixels for a style of its own, and networks see such spots where there is nothing.
    private const double SmallestShare = 0.01;

    // An orphan of this share of the content is worth a warning.
    private const double NotableShare = 0.02;

    public static SegmentedPair Of(ClassAnalysis content, ClassAnalysis style)
    {
        var photos = new[] { new ConceptPlanes(content), new ConceptPlanes(style) };
        foreach (ConceptPlanes photo in photos) photo.DropSmall(SmallestShare);
        while (photos.SelectMany(photo => photo.Shares.Keys).Distinct().Count() > Segmenter.MostClasses) MergeSmallest(photos);

        IReadOnlyDictionary<string, double> contentShares = photos[0].Shares, styleShares = photos[1].Shares;
        string[] concepts = [.. contentShares.Keys.Union(styleShares.Keys).OrderByDescending(name => contentShares.GetValueOrDefault(name) + styleShares.GetValueOrDefault(name)).ThenBy(name => name, StringComparer.Ordinal)];
        Dictionary<string, byte> labels = Colours(concepts);
        string[] names = [.. MaskPalette.Colours.Select(colour => labels.FirstOrDefault(pair => pair.Value == colour.Label).Key ?? colour.Name)];
        string[] warnings =
        [
            .. contentShares
                .Where(pair => pair.Value >= NotableShare && !styleShares.Keys.Any(other => ConceptTable.Similarity(pair.Key, other) >= ConceptTable.Sensible))
                .OrderByDescending(pair => pair.Value)
                .Select(pair => string.Create(
                    CultureInfo.InvariantCulture,
                    $"The style shows nothing like {pair.Key} ({pair.Value:P0} of the content): choose another style, or another policy for orphans.")),
        ];
        return new SegmentedPair(photos[0].ToLabels(labels), photos[1].ToLabels(labels), names, warnings);
    }

    /// <summary>Joins the smallest concept with the one most like it, or gives its pixels to what is next probable there.</summary>
    private static void MergeSmallest(ConceptPlanes[] photos)
    {
        string[] all = [.. photos.SelectMany(photo => photo.Shares.Keys).Distinct().Order(StringComparer.Ordinal)];
        string smallest = all.MinBy(name => photos.Max(photo => photo.Shares.GetValueOrDefault(name)))!;
        string nearest = all.Where(name => name != smallest).MaxBy(name => ConceptTable.Similarity(name, smallest))!;
        bool isAlike = ConceptTable.Similarity(nearest, smallest) >= ConceptTable.Sensible;
        foreach (ConceptPlanes photo in photos) photo.Remove(smallest, isAlike ? nearest : null);
    }

    /// <summary>Each concept has its own colour where that is free, so that the sky is blue in all masks.</summary>
    private static Dictionary<string, byte> Colours(string[] concepts)
    {
        var labels = new Dictionary<string, byte>();
        foreach (string name in concepts)
        {
            if (!labels.ContainsValue(ConceptTable.Of(name).MaskLabel)) labels[name] = ConceptTable.Of(name).MaskLabel;
        }

        foreach (string name in concepts.Where(name => !labels.ContainsKey(name)))
            labels[name] = MaskPalette.Colours.Select(colour => colour.Label).First(label => !labels.ContainsValue(label));
        return labels;
    }
}
