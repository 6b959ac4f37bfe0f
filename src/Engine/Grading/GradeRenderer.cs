using PhotoStyle.Imaging;

namespace PhotoStyle.Grading;

/// <summary>Applies grades to photos of any size, row by row on every core: the memory in use is the photo's, twice.</summary>
public static class GradeRenderer
{
    /// <summary>Grades a photo: O = I + strength · (A·[I; 1] − I), clamped to what the photo can hold.</summary>
    /// <param name="grade">The grade.</param>
    /// <param name="photo">The photo it was solved for at any size, or another of the same scene.</param>
    /// <param name="strength">0 (nothing) … 1 (the style) … 1.5 (beyond it).</param>
    /// <param name="rowsDone">Told the number of rows that became ready, from any thread.</param>
    /// <param name="cancellation">Stops between rows.</param>
    /// <returns>A photo of the same size, depth, alpha and metadata, to be disposed by the caller.</returns>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>: the strength is out of range.</exception>
    public static Photo Render(Grade grade, Photo photo, double strength = 1, Action<int>? rowsDone = null, CancellationToken cancellation = default)
    {
        Grade.RequireStrength(strength);
        Photo result = photo.CreateBlank();
        try
        {
            Parallel.For(
                0,
                photo.Height,
                new ParallelOptions { CancellationToken = cancellation },
                () => GradeRow.Create(grade, photo.Width),
                (y, _, row) =>
                {
                    row.Read(photo, y);
                    row.Grade((y + 0.5f) / photo.Height, (float)strength);
                    row.Write(photo, result, y);
                    rowsDone?.Invoke(1);
                    return row;
                },
                _ => { });
        }
        catch
        {
            result.Dispose();
            throw;
        }
        return result;
    }
}
