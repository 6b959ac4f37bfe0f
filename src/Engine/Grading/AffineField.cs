using PhotoStyle.Imaging;
using PhotoStyle.Matting;

namespace PhotoStyle.Grading;

/// <summary>
/// A 3×4 affine colour transform for each pixel of a picture, or a colour alone. Enlarged to any size and applied to the colours there (Chen et al. 2016,
/// <i>Bilateral Guided Upsampling</i>), it carries what was solved small to the full photo.
/// </summary>
public sealed class AffineField
{
    /// <summary>Planes of transforms: for each of red, green and blue the slopes for red, green and blue, and the offset.</summary>
    public const int TransformPlanes = GridShape.CoefficientCount;

    /// <summary>Planes of colours: offsets alone, with no slopes.</summary>
    public const int ColourPlanes = 3;

    /// <summary>Wraps planes without a copy.</summary>
    /// <param name="planes"><see cref="TransformPlanes"/>×h×w, or <see cref="ColourPlanes"/>×h×w.</param>
    public AffineField(FloatImage planes)
    {
        if (planes.Channels is not (TransformPlanes or ColourPlanes)) throw new ArgumentOutOfRangeException(nameof(planes));
        Planes = planes;
    }

    /// <summary>The planes.</summary>
    public FloatImage Planes { get; }

    /// <summary>Whether the result depends on the photo's own colours, so that its edges and details stay.</summary>
    public bool HasTransforms => Planes.Channels == TransformPlanes;

    /// <summary>
    /// Makes a picture locally affine in another one, as the final step of the code published with Luan et al. 2017 does: an affine fit in the 3×3 window around each
    /// pixel, smoothed by a joint bilateral filter with the content as guide.
    /// </summary>
    /// <param name="content">The content I, 3×H×W.</param>
    /// <param name="picture">The picture O, 3×H×W.</param>
    /// <param name="epsilon">Ridge of the fit, in squared units of [0, 1] colours.</param>
    /// <param name="radius">Of the filter, in pixels.</param>
    /// <param name="range">Deviation of the filter over colours.</param>
    /// <param name="cancellation">Stops between rows.</param>
    public static AffineField Fit(FloatImage content, FloatImage picture, double epsilon, int radius, double range, CancellationToken cancellation = default) =>
        new(JointBilateralFilter.Filter(new MattingLaplacian(content, epsilon).Fit(picture), content, radius, range, cancellation));

    /// <summary>Applies it to a photo of its own size.</summary>
    /// <param name="content">3×h×w.</param>
    /// <returns>3×h×w; not clamped.</returns>
    public FloatImage Apply(FloatImage content)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual((content.Height, content.Width), (Planes.Height, Planes.Width));
        var result = new FloatImage(3, content.Height, content.Width);
        int perChannel = Planes.Channels / 3;
        for (int c = 0; c < 3; c++)
        {
            Span<float> values = result.Plane(c);
            Planes.Plane(c * perChannel + perChannel - 1).CopyTo(values);
            for (int i = 0; i < perChannel - 1; i++)
            {
                ReadOnlySpan<float> slope = Planes.Plane(c * perChannel + i), colour = content.Plane(i);
                for (int p = 0; p < values.Length; p++) values[p] += slope[p] * colour[p];
            }
        }
        return result;
    }
}
