using PhotoStyle.Features;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Transfer;

/// <summary>Content and style at working size, with their labels matched to one list of classes.</summary>
/// <param name="Content">3×H×W.</param>
/// <param name="Style">3×H'×W'.</param>
/// <param name="Match">The classes and what became of each label.</param>
/// <param name="ContentClasses">H·W class indices.</param>
/// <param name="StyleClasses">H'·W' class indices, or <see cref="LabelMatch.NoClass"/>.</param>
internal sealed record WorkingPair(FloatImage Content, FloatImage Style, LabelMatch Match, byte[] ContentClasses, byte[] StyleClasses)
{
    /// <summary>K×H×W: hard masks of the content's classes.</summary>
    public FloatImage ContentMasks => SoftMasks.OneHot(ContentClasses, Content.Height, Content.Width, Match.Classes.Count);

    /// <summary>K×H'×W': hard masks of the style's classes.</summary>
    public FloatImage StyleMasks => SoftMasks.OneHot(StyleClasses, Style.Height, Style.Width, Match.Classes.Count);

    /// <summary>Reduces both photos and matches their labels.</summary>
    /// <param name="content">The content.</param>
    /// <param name="style">The style.</param>
    /// <param name="size">Most pixels of a long side.</param>
    /// <param name="leastSide">Fewest pixels of a short side.</param>
    /// <param name="orphans">What becomes of labels that the style lacks.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.ImageTooSmall"/> or <see cref="ErrorCode.OrphanLabel"/>.</exception>
    public static WorkingPair Create(TransferInput content, TransferInput style, int size, int leastSide, OrphanPolicy orphans)
    {
        FloatImage contentImage = content.Photo.ToFloatImage(size), styleImage = style.Photo.ToFloatImage(size);
        RequireSides("content", content.Photo, contentImage, leastSide);
        RequireSides("style", style.Photo, styleImage, leastSide);
        // Labels of one photo alone say nothing about the other: then both are one class.
        bool labelled = content.Labels is not null && style.Labels is not null;
        byte[] contentLabels = labelled ? Labels(content.Labels!, contentImage) : new byte[contentImage.PixelCount];
        byte[] styleLabels = labelled ? Labels(style.Labels!, styleImage) : new byte[styleImage.PixelCount];
        LabelMatch match = LabelMatching.Match(contentLabels, contentImage, styleLabels, styleImage, orphans, label => labelled ? MaskPalette.NameOf(label) : "whole photo");
        return new WorkingPair(contentImage, styleImage, match, match.ContentClasses(contentLabels), match.StyleClasses(styleLabels));
    }

    /// <summary>Short sides that an encoder can take: at its deepest level two pixels are left, so that there is something to mirror at the border.</summary>
    public static int LeastSide(IFeatureEncoder encoder) => 2 * encoder.Levels[^1].Stride;

    private static void RequireSides(string role, Photo photo, FloatImage image, int least)
    {
        if (Math.Min(image.Width, image.Height) >= least) return;
        throw new PhotoStyleException(
            ErrorCode.ImageTooSmall,
            $"The {role} has {photo.Width}×{photo.Height} pixels, {image.Width}×{image.Height} at working size, and {least} are needed along each side: give a larger or less narrow photo, or a larger working size.");
    }

    /// <summary>At each pixel the label that covers most of it.</summary>
    private static byte[] Labels(LabelMap map, FloatImage image)
    {
        IReadOnlyList<byte> present = map.Present();
        FloatImage coverage = map.ToCoverage(present, image.Width, image.Height);
        var labels = new byte[image.PixelCount];
        for (int i = 0; i < labels.Length; i++)
        {
            int best = 0;
            for (int k = 1; k < present.Count; k++)
            {
                if (coverage.Plane(k)[i] > coverage.Plane(best)[i]) best = k;
            }
            labels[i] = present[best];
        }
        return labels;
    }
}
