using PhotoStyle.Grading;
using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation;

/// <summary>Labels at the size of the full photo, with borders at its edges, from labels of a small copy of it.</summary>
/// <remarks>He, Sun, <i>Fast Guided Filter</i> (2015): the filter's coefficients vary slowly, so they can be enlarged and applied to the full photo.</remarks>
public static class FullSizeLabels
{
    /// <summary>Enlarges labels.</summary>
    /// <param name="labels">Labels of the small copy.</param>
    /// <param name="image">3×H×W: the small copy, of the labels' size.</param>
    /// <param name="photo">The full photo.</param>
    /// <param name="cancellation">Stops between rows.</param>
    public static LabelMap Of(LabelMap labels, FloatImage image, Photo photo, CancellationToken cancellation = default)
    {
        byte[] present = [.. labels.Present()];
        var result = new byte[checked(photo.Width * photo.Height)];
        if (present.Length == 1)
        {
            Array.Fill(result, present[0]);
            return new LabelMap(photo.Width, photo.Height, result);
        }

        byte[] indices = [.. labels.Labels.Select(label => (byte)Array.IndexOf(present, label))];
        GuidedFilterCoefficients fields = SoftMasks.Fit(indices, present.Length, image);
        Parallel.For(
            0,
            photo.Height,
            new ParallelOptions { CancellationToken = cancellation },
            () => (Masks: new MaskFieldRow(fields, photo.Width), Row: new FloatImage(3, 1, photo.Width)),
            (y, _, buffers) =>
            {
                SampleConversion.Split(photo, y, buffers.Row, 0);
                // The field of masks asks for no luma.
                buffers.Masks.Evaluate(new GridRowInput(buffers.Row.Row(0, 0), buffers.Row.Row(1, 0), buffers.Row.Row(2, 0), []), (y + 0.5f) / photo.Height);
                byte[] largest = BorderRefinement.Largest(buffers.Masks.Masks);
                Span<byte> row = result.AsSpan(y * photo.Width, photo.Width);
                for (int x = 0; x < row.Length; x++) row[x] = present[largest[x]];
                return buffers;
            },
            _ => { });
        return new LabelMap(photo.Width, photo.Height, result);
    }
}
