namespace PhotoStyle.Segmentation;

/// <summary>How the labels of a content and a style photo go together.</summary>
/// <param name="Classes">The classes of the transfer, by descending share of the content.</param>
/// <param name="Outcomes">The report, one entry for each label of either photo, ascending.</param>
public sealed record LabelMatch(IReadOnlyList<MatchedClass> Classes, IReadOnlyList<LabelOutcome> Outcomes)
{
    /// <summary>Index in a class map of pixels that belong to no class.</summary>
    public const byte NoClass = byte.MaxValue;

    /// <summary>The class of every pixel of the content, an index into <see cref="Classes"/>.</summary>
    /// <param name="labels">The labels that were matched, or a map at another size with no other labels.</param>
    public byte[] ContentClasses(ReadOnlySpan<byte> labels) => Classify(labels, matched => matched.ContentLabels);

    /// <summary>The class of every pixel of the style, an index into <see cref="Classes"/>, or <see cref="NoClass"/> where its look is not used.</summary>
    /// <param name="labels">The labels that were matched, or a map at another size.</param>
    public byte[] StyleClasses(ReadOnlySpan<byte> labels) =>
        Classify(labels, matched => matched.StyleLabel is byte label ? [label] : []);

    private byte[] Classify(ReadOnlySpan<byte> labels, Func<MatchedClass, IReadOnlyList<byte>> labelsOf)
    {
        Span<byte> classOf = stackalloc byte[256];
        classOf.Fill(NoClass);
        for (int k = 0; k < Classes.Count; k++)
        {
            foreach (byte label in labelsOf(Classes[k]))
                classOf[label] = (byte)k;
        }

        var classes = new byte[labels.Length];
        for (int i = 0; i < labels.Length; i++)
            classes[i] = classOf[labels[i]];
        return classes;
    }
}
