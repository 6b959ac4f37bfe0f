using PhotoStyle.Segmentation;

namespace PhotoStyle.Pipeline.Jobs;

/// <summary>The report on one label of either photo.</summary>
/// <param name="Label">The label.</param>
/// <param name="Name">Its name.</param>
/// <param name="ContentShare">Its share of the content, 0 to 1.</param>
/// <param name="StyleShare">Its share of the style, 0 to 1.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="Target">The label it took on or joined.</param>
public sealed record JobClass(byte Label, string Name, double ContentShare, double StyleShare, LabelFate Fate, byte? Target)
{
    /// <summary>The engine's report.</summary>
    public static IReadOnlyList<JobClass> Of(IEnumerable<LabelOutcome> outcomes) =>
        [.. outcomes.Select(o => new JobClass(o.Label, o.Name, o.ContentShare, o.StyleShare, o.Fate, o.Target))];
}
