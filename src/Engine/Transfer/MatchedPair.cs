using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;
using PhotoStyle.Segmentation.Labels;

namespace PhotoStyle.Transfer;

/// <summary>The labels of content and style, matched to one list of classes.</summary>
/// <param name="Match">The classes and what became of each label.</param>
/// <param name="ContentClasses">H·W class indices.</param>
/// <param name="StyleClasses">H'·W' class indices, or <see cref="LabelMatch.NoClass"/>.</param>
public sealed record MatchedPair(LabelMatch Match, byte[] ContentClasses, byte[] StyleClasses)
{
    /// <summary>Matches the labels of two photos.</summary>
    /// <param name="content">The content.</param>
    /// <param name="style">The style.</param>
    /// <param name="orphans">What becomes of labels that the style lacks.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OrphanLabel"/>.</exception>
    public static MatchedPair Of(WorkingPhoto content, WorkingPhoto style, OrphanPolicy orphans)
    {
        // Labels of one photo alone say nothing about the other: then both are one class.
        bool labelled = content.Labels is not null && style.Labels is not null;
        byte[] contentLabels = labelled ? content.Labels! : new byte[content.Image.PixelCount];
        byte[] styleLabels = labelled ? style.Labels! : new byte[style.Image.PixelCount];
        LabelMatch match = LabelMatching.Match(contentLabels, content.Image, styleLabels, style.Image, orphans, NameOf, content.Names is null ? null : Similarity);
        return new MatchedPair(match, match.ContentClasses(contentLabels), match.StyleClasses(styleLabels));

        double Similarity(byte one, byte other) => ConceptTable.Similarity(NameOf(one), NameOf(other));

        string NameOf(byte label) => !labelled ? "whole photo" : content.Names is { } names && label < names.Count ? names[label] : MaskPalette.NameOf(label);
    }

    /// <summary>K×H×W: hard masks of a photo's classes.</summary>
    /// <param name="classes"><see cref="ContentClasses"/> or <see cref="StyleClasses"/>.</param>
    /// <param name="image">The photo they belong to.</param>
    internal FloatImage Masks(byte[] classes, FloatImage image) => SoftMasks.OneHot(classes, image.Height, image.Width, Match.Classes.Count);
}
