using PhotoStyle.Segmentation;

namespace PhotoStyle.Scoring;

/// <summary>How well classes that were found in two photos agree with exact masks of them.</summary>
/// <param name="Joined">
/// Mean over the classes found of the intersection over union with the true classes that belong to it, where each true class belongs to the class found that holds
/// most of it: a class found may stand for several true ones, but a true one that is cut up counts against all its parts.
/// </param>
/// <param name="OneToOne">Mean intersection over union of the best pairs of one class found and one true class, as many as there are of the fewer.</param>
/// <param name="Classes">How many classes were found.</param>
internal sealed record MaskAgreement(double Joined, double OneToOne, int Classes)
{
    /// <summary>Compares; both photos weigh the same and have one assignment of classes.</summary>
    /// <param name="photos">For each photo its true labels and those found, pixel by pixel; <see cref="LabelMatch.NoClass"/> where no class was found, which counts against the true one.</param>
    public static MaskAgreement Of(params (byte[] Truth, byte[] Found)[] photos)
    {
        byte[] truths = [.. photos.SelectMany(photo => photo.Truth).Distinct().Order()], founds = [.. photos.SelectMany(photo => photo.Found).Where(found => found != LabelMatch.NoClass).Distinct().Order()];
        var common = new double[truths.Length, founds.Length];
        var areas = new double[truths.Length];
        foreach ((byte[] truth, byte[] found) in photos)
        {
            for (int i = 0; i < truth.Length; i++)
            {
                int t = Array.IndexOf(truths, truth[i]);
                areas[t] += 1.0 / truth.Length;
                if (found[i] != LabelMatch.NoClass) common[t, Array.IndexOf(founds, found[i])] += 1.0 / truth.Length;
            }
        }

        double[] sizes = [.. founds.Select((_, f) => truths.Select((_, t) => common[t, f]).Sum())];
        return new MaskAgreement(JoinedOf(common, areas, sizes), OneToOneOf(common, areas, sizes), founds.Length);
    }

    /// <summary>The style's labels as <see cref="Of"/> takes them where regions of the style are left out on purpose: these have labels that the content lacks.</summary>
    /// <param name="pair">Classes found by clustering.</param>
    public static byte[] UsedOfStyle(SegmentedPair pair)
    {
        IReadOnlyList<byte> used = pair.Content.Present();
        return [.. pair.Style.Labels.Select(label => used.Contains(label) ? label : LabelMatch.NoClass)];
    }

    private static double JoinedOf(double[,] common, double[] areas, double[] found)
    {
        int[] belongs = [.. areas.Select((_, t) => Enumerable.Range(0, found.Length).MaxBy(f => common[t, f]))];
        return found.Select((area, f) =>
        {
            int[] own = [.. Enumerable.Range(0, areas.Length).Where(t => belongs[t] == f)];
            double both = own.Sum(t => common[t, f]);
            return both / (area + own.Sum(t => areas[t]) - both);
        }).Average();
    }

    private static double OneToOneOf(double[,] common, double[] areas, double[] found)
    {
        List<int> truths = [.. Enumerable.Range(0, areas.Length)], founds = [.. Enumerable.Range(0, found.Length)];
        double Iou(int t, int f) => common[t, f] / (areas[t] + found[f] - common[t, f]);
        double sum = 0;
        int count = Math.Min(truths.Count, founds.Count);
        for (int i = 0; i < count; i++)
        {
            (int t, int f) = truths.SelectMany(t => founds.Select(f => (t, f))).MaxBy(pair => Iou(pair.t, pair.f));
            sum += Iou(t, f);
            truths.Remove(t);
            founds.Remove(f);
        }

        return sum / count;
    }
}
