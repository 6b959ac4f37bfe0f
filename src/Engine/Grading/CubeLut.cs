using System.Globalization;
using PhotoStyle.Imaging;

namespace PhotoStyle.Grading;

/// <summary>
/// The global part of a grade as a colour look-up table in the <c>.cube</c> format that photo and video editors read (Adobe, Cube LUT Specification 1.0).
/// What a grade does differently from place to place is not in it.
/// </summary>
public static class CubeLut
{
    /// <summary>Samples along each axis, the usual number.</summary>
    public const int Size = 33;

    /// <summary>Writes the table; a failure leaves no half-written file.</summary>
    /// <param name="grade">The grade.</param>
    /// <param name="path">The file.</param>
    /// <param name="strength">As for <see cref="GradeRenderer.Render"/>.</param>
    /// <param name="title">What editors show.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OutputNotWritable"/>, or <see cref="ErrorCode.OptionInvalid"/>: the strength is out of range.</exception>
    public static void Save(Grade grade, string path, double strength, string title)
    {
        Grade.RequireStrength(strength);
        AtomicFile.Write(path, stream => Write(grade, stream, strength, title));
    }

    /// <summary>The global part applied to one colour.</summary>
    internal static (float Red, float Green, float Blue) Apply(Grade grade, float red, float green, float blue, float strength)
    {
        int depth = grade.GlobalCurve.Length / GridShape.CoefficientCount;
        int z = GridAxis.Locate(Luma.Red * red + Luma.Green * green + Luma.Blue * blue, depth, out float fraction);
        ReadOnlySpan<float> lower = grade.GlobalCurve.AsSpan(z * GridShape.CoefficientCount), upper = grade.GlobalCurve.AsSpan((z + 1) * GridShape.CoefficientCount);
        Span<float> result = stackalloc float[3];
        ReadOnlySpan<float> colour = [red, green, blue];
        for (int c = 0; c < 3; c++)
        {
            float value = 0;
            for (int i = 0; i < 4; i++)
            {
                float a = lower[c * 4 + i] + fraction * (upper[c * 4 + i] - lower[c * 4 + i]);
                value += a * (i < 3 ? colour[i] : 1);
            }
            result[c] = Math.Clamp(colour[c] + strength * (value - colour[c]), 0, 1);
        }
        return (result[0], result[1], result[2]);
    }

    private static void Write(Grade grade, Stream stream, double strength, string title)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        // Quotes and line ends would break the format.
        writer.WriteLine($"TITLE \"{new string([.. title.Where(c => c != '"' && !char.IsControl(c))])}\"");
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"LUT_3D_SIZE {Size}"));
        // Red runs fastest, as the format asks.
        for (int b = 0; b < Size; b++)
        {
            for (int g = 0; g < Size; g++)
            {
                for (int r = 0; r < Size; r++)
                {
                    (float red, float green, float blue) = Apply(grade, r / (Size - 1f), g / (Size - 1f), b / (Size - 1f), (float)strength);
                    writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{red:F6} {green:F6} {blue:F6}"));
                }
            }
        }
    }
}
