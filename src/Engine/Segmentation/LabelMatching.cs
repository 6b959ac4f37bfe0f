using System.Globalization;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation.Labels;

namespace PhotoStyle.Segmentation;

/// <summary>Brings the labels of a content and a style photo together, and sees to labels that only one of them has.</summary>
/// <remarks>Deep Photo Style Transfer, section 3.2, "Augmented style loss with semantic segmentation": input labels are constrained to those of the style.</remarks>
public static class LabelMatching
{
    /// <summary>
    /// Labels with a smaller share of their photo say nothing about its look: they are absorbed in the content and ignored in the style.
    /// Pixels that touch another label do not count, so lines along borders, as smooth mask edges leave them, go too.
    /// </summary>
    public const double SmallestShare = 0.001;

    /// <summary>Matches labels.</summary>
    /// <param name="contentLabels">H·W labels of the content.</param>
    /// <param name="content">3×H×W, sRGB-encoded.</param>
    /// <param name="styleLabels">H'·W' labels of the style.</param>
    /// <param name="style">3×H'×W', sRGB-encoded.</param>
    /// <param name="policy">What becomes of labels that the style lacks.</param>
    /// <param name="nameOf">The name of a label for people.</param>
    /// <param name="similarity">
    /// How alike two labels are by what they mean, 0 to 1, where that is known: an orphan takes the look of the label most like it, and only where none is of what
    /// looks like it.
    /// </param>
    /// <exception cref="PhotoStyleException">
    /// <see cref="ErrorCode.OrphanLabel"/>: an orphan under <see cref="OrphanPolicy.Fail"/>, or only orphans under <see cref="OrphanPolicy.Merge"/>.
    /// </exception>
    public static LabelMatch Match(
        ReadOnlySpan<byte> contentLabels, FloatImage content, ReadOnlySpan<byte> styleLabels, FloatImage style, OrphanPolicy policy, Func<byte, string> nameOf,
        Func<byte, byte, double>? similarity = null)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(contentLabels.Length, content.PixelCount);
        ArgumentOutOfRangeException.ThrowIfNotEqual(styleLabels.Length, style.PixelCount);

        var contentGraph = new RegionGraph(contentLabels, content.Width);
        var styleGraph = new RegionGraph(styleLabels, style.Width);
        byte[] labels = [.. contentGraph.Regions];
        Dictionary<byte, double> contentShares = labels.ToDictionary(label => label, contentGraph.Share);
        Dictionary<byte, double> styleShares = styleGraph.Regions.ToDictionary(label => label, styleGraph.Share);
        double smallest = Math.Min(SmallestShare, styleShares.Keys.Max(styleGraph.CoreShare));
        HashSet<byte> present = [.. styleShares.Keys.Where(label => styleGraph.CoreShare(label) >= smallest)];

        AbsorbSmall(contentGraph);
        byte[] regions = [.. contentGraph.Regions];
        byte[] orphans = [.. regions.Where(region => !present.Contains(region))];

        Dictionary<byte, byte> remapped = [];
        switch (policy)
        {
            case OrphanPolicy.Remap when orphans.Length > 0:
                remapped = Remap(Regions(contentLabels, contentGraph), content, orphans, styleLabels, style, present, similarity);
                break;
            case OrphanPolicy.Merge:
                MergeOrphans(contentGraph, orphans, present, nameOf);
                break;
            case OrphanPolicy.Fail when orphans.Length > 0:
                throw new PhotoStyleException(
                    ErrorCode.OrphanLabel,
                    $"The style has no region for {Describe(orphans, contentGraph, nameOf)} of the content; give it one in the style's mask, or choose to remap, merge or keep such regions.");
        }

        byte? StyleOf(byte region) => remapped.TryGetValue(region, out byte target) ? target : present.Contains(region) ? region : null;

        MatchedClass[] classes =
        [
            .. labels.GroupBy(label => StyleOf(contentGraph.RegionOf(label)))
                .Select(group => new MatchedClass(
                    [.. group],
                    group.Key,
                    group.Sum(label => contentShares[label]),
                    group.Key is byte styleLabel ? styleShares[styleLabel] : 0))
                .OrderByDescending(matched => matched.ContentShare)
                .ThenBy(matched => matched.ContentLabels[0]),
        ];

        LabelOutcome OutcomeOf(byte label)
        {
            (LabelFate fate, byte? target) = Fate(label);
            return new LabelOutcome(label, nameOf(label), contentShares.GetValueOrDefault(label), styleShares.GetValueOrDefault(label), fate, target);
        }

        (LabelFate Fate, byte? Target) Fate(byte label)
        {
            if (!contentShares.ContainsKey(label))
                return (classes.Any(matched => matched.StyleLabel == label) ? LabelFate.Borrowed : LabelFate.Dropped, null);
            byte region = contentGraph.RegionOf(label);
            if (region != label)
                return (orphans.Contains(label) ? LabelFate.Merged : LabelFate.Absorbed, region);
            if (remapped.TryGetValue(label, out byte target))
                return (LabelFate.Remapped, target);
            return (present.Contains(label) ? LabelFate.Matched : LabelFate.Kept, null);
        }

        return new LabelMatch(classes, [.. contentShares.Keys.Union(styleShares.Keys).Order().Select(OutcomeOf)]);
    }

    private static void AbsorbSmall(RegionGraph graph)
    {
        while (true)
        {
            byte[] regions = [.. graph.Regions];
            byte smallest = regions.MinBy(graph.CoreShare);
            if (regions.Length == 1 || graph.CoreShare(smallest) >= SmallestShare)
                return;
            graph.Merge(smallest, regions.MaxBy(other => graph.Border(smallest, other)));
        }
    }

    private static byte[] Regions(ReadOnlySpan<byte> labels, RegionGraph graph)
    {
        var regions = new byte[labels.Length];
        for (int i = 0; i < labels.Length; i++)
            regions[i] = graph.RegionOf(labels[i]);
        return regions;
    }

    private static Dictionary<byte, byte> Remap(
        byte[] contentRegions, FloatImage content, byte[] orphans, ReadOnlySpan<byte> styleLabels, FloatImage style, HashSet<byte> present,
        Func<byte, byte, double>? similarity)
    {
        Dictionary<byte, RegionAppearance> contentLooks = RegionAppearance.OfAll(contentRegions, content);
        Dictionary<byte, RegionAppearance> styleLooks = RegionAppearance.OfAll(styleLabels, style);
        return orphans.ToDictionary(
            orphan => orphan,
            orphan =>
            {
                byte[] alike = similarity is null ? [] : [.. present.Order().Where(label => similarity(orphan, label) >= ConceptTable.Sensible)];
                return alike.Length > 0
                    ? alike.MaxBy(label => similarity!(orphan, label))
                    : present.Order().MinBy(label => contentLooks[orphan].DistanceTo(styleLooks[label]));
            });
    }

    /// <summary>Merges, longest border first: an orphan among orphans is reached through those between it and a region with a style.</summary>
    private static void MergeOrphans(RegionGraph graph, byte[] orphans, HashSet<byte> present, Func<byte, string> nameOf)
    {
        if (orphans.Length > 0 && !graph.Regions.Any(present.Contains))
        {
            throw new PhotoStyleException(
                ErrorCode.OrphanLabel,
                $"The style has none of the regions of the content ({Describe(orphans, graph, nameOf)}), so there is nothing to merge them with; choose to remap them, or give masks that share labels.");
        }

        var left = orphans.ToList();
        while (left.Count > 0)
        {
            (byte orphan, byte neighbour) = left
                .SelectMany(orphan => graph.Regions.Where(present.Contains).Select(neighbour => (orphan, neighbour)))
                .MaxBy(pair => graph.Border(pair.orphan, pair.neighbour));
            graph.Merge(orphan, neighbour);
            left.Remove(orphan);
        }
    }

    private static string Describe(byte[] orphans, RegionGraph graph, Func<byte, string> nameOf) =>
        string.Join(", ", orphans.Select(label => string.Create(CultureInfo.InvariantCulture, $"{nameOf(label)} ({graph.Share(label):P1})")));
}
