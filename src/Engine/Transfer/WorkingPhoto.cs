using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Transfer;

/// <summary>A photo at working size with its labels: all that solving needs to know of it.</summary>
/// <param name="Image">3×H×W, sRGB-encoded.</param>
/// <param name="Labels">H·W labels, or null if the whole photo is one class.</param>
/// <param name="FullWidth">Columns of the full photo.</param>
/// <param name="FullHeight">Rows of the full photo.</param>
/// <param name="Names">The names of the labels for people; null for those of their colours in <see cref="MaskPalette"/>.</param>
public sealed record WorkingPhoto(FloatImage Image, byte[]? Labels, int FullWidth, int FullHeight, IReadOnlyList<string>? Names = null)
{
    /// <summary>Reduces a photo and its labels.</summary>
    /// <param name="input">The full photo with its labels.</param>
    /// <param name="size">Most pixels of the long side.</param>
    public static WorkingPhoto Of(TransferInput input, int size)
    {
        FloatImage image = input.Photo.ToFloatImage(size);
        return new WorkingPhoto(image, input.Labels is null ? null : Reduce(input.Labels, image), input.Photo.Width, input.Photo.Height, input.Names);
    }

    /// <summary>The same photo with other labels.</summary>
    /// <param name="labels">Labels at any size of the photo's shape.</param>
    /// <param name="names">The names of the labels for people; null for those of their colours.</param>
    public WorkingPhoto WithLabels(LabelMap labels, IReadOnlyList<string>? names) => this with { Labels = Reduce(labels, Image), Names = names };

    /// <summary>Checks that the photo is large enough.</summary>
    /// <param name="role">What the message calls it.</param>
    /// <param name="least">Fewest pixels of the short side.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.ImageTooSmall"/>.</exception>
    internal void RequireSide(string role, int least)
    {
        if (Math.Min(Image.Width, Image.Height) >= least) return;
        throw new PhotoStyleException(
            ErrorCode.ImageTooSmall,
            $"The {role} has {FullWidth}×{FullHeight} pixels, {Image.Width}×{Image.Height} at working size, and {least} are needed along each side: give a larger or less narrow photo, or a larger working size.");
    }

    /// <summary>At each pixel the label that covers most of it.</summary>
    private static byte[] Reduce(LabelMap map, FloatImage image)
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
