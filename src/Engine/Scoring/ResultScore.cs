using PhotoStyle.Features;
using PhotoStyle.Imaging;
using PhotoStyle.Losses;
using PhotoStyle.Matting;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Scoring;

/// <summary>Measures a result against the content and the style it was made from, all three at long side 512.</summary>
public static class ResultScore
{
    private const int LongSide = 512;

    /// <summary>Computes the four figures.</summary>
    /// <param name="output">The result; of the content's shape, at any size.</param>
    /// <param name="content">The content photo with its labels.</param>
    /// <param name="style">The style photo with its labels.</param>
    /// <param name="encoder">For the figure <c>gram</c>.</param>
    /// <exception cref="PhotoStyleException">
    /// <see cref="ErrorCode.OptionInvalid"/>: the result's shape is not the content's. <see cref="ErrorCode.ImageTooSmall"/>: a photo is too small or narrow to be measured.
    /// </exception>
    public static Scores Measure(Photo output, TransferInput content, TransferInput style, IFeatureEncoder encoder)
    {
        FloatImage image = output.ToFloatImage(LongSide);
        int leastSide = Math.Max(StructureCorrelation.Window, encoder.LeastSide);
        WorkingPhoto from = WorkingPhoto.Of(content, LongSide), to = WorkingPhoto.Of(style, LongSide);
        from.RequireSide("content", leastSide);
        to.RequireSide("style", leastSide);
        MatchedPair pair = MatchedPair.Of(from, to, OrphanPolicy.Remap);
        if ((image.Width, image.Height) != (from.Image.Width, from.Image.Height))
        {
            throw new PhotoStyleException(
                ErrorCode.OptionInvalid,
                $"The result has {output.Width}×{output.Height} pixels and the content {content.Photo.Width}×{content.Photo.Height}: give two pictures of the same shape.");
        }
        int count = pair.Match.Classes.Count;
        return new Scores(
            SlicedWasserstein.Of(image, pair.ContentClasses, to.Image, pair.StyleClasses, count),
            Gram(image, pair.Masks(pair.ContentClasses, from.Image), to.Image, pair.Masks(pair.StyleClasses, to.Image), encoder),
            StructureCorrelation.Of(image, from.Image),
            new MattingLaplacian(from.Image).Energy(image) / (3.0 * image.PixelCount));
    }

    private static double Gram(FloatImage output, FloatImage outputMasks, FloatImage style, FloatImage styleMasks, IFeatureEncoder encoder)
    {
        FloatImage[] Masks(FloatImage masks) => [.. encoder.Levels.Select(level => MaskPyramid.Reduce(masks, level.Stride))];
        return GramDistance.Of(Features(output, encoder), Masks(outputMasks), Features(style, encoder), Masks(styleMasks));
    }

    private static FloatImage[] Features(FloatImage image, IFeatureEncoder encoder)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = no_grad();
        return [.. encoder.Encode(ImageTensor.From(image, encoder.Device)).Select(ImageTensor.ToFloatImage)];
    }
}
