using PhotoStyle.Features;
using PhotoStyle.Imaging;

namespace PhotoStyle.Losses;

/// <summary>In which units Gram matrices are compared, and at which levels.</summary>
/// <param name="LevelWeights">For each level of the encoder its weight, 0 or more; at 0 it is not looked at.</param>
/// <param name="Scale">What a squared difference is measured by.</param>
/// <param name="Masks">Brings class masks, K×H×W, to the levels: one K×⌊H/stride⌋×⌊W/stride⌋ for each.</param>
internal sealed record GramStyleOptions(
    IReadOnlyList<double> LevelWeights, GramScale Scale, Func<FloatImage, IReadOnlyList<FeatureLevel>, IReadOnlyList<FloatImage>> Masks)
{
    // Textures of some ten pixels: what a grade has most trouble with, and what results were found to differ in most.
    private const string TextureLevel = "relu3_1";

    /// <summary>Relative to the style, the level of textures twice and all others alike, masks averaged over squares.</summary>
    public static GramStyleOptions Relative(IFeatureEncoder encoder) => new(
        [.. encoder.Levels.Select(level => (level.Name == TextureLevel ? 2 : 1) / (encoder.Levels.Count * encoder.StyleScale))],
        GramScale.Relative,
        (masks, levels) => [.. levels.Select(level => MaskPyramid.Reduce(masks, level.Stride))]);
}
