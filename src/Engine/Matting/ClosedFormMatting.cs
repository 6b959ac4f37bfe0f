using PhotoStyle.Imaging;
using PhotoStyle.Optimization;

namespace PhotoStyle.Matting;

/// <summary>
/// Closed-form matting (Levin, Lischinski, Weiss 2008): the alpha that is locally affine in the photo's colours and agrees with what is known of it,
/// (M + λD) α = λD b, solved by conjugate gradients with the diagonal as preconditioner.
/// </summary>
public static class ClosedFormMatting
{
    // The published weight of what is known.
    private const double KnownWeight = 100;

    /// <summary>Pulls the border of a mask to the edges of the photo.</summary>
    /// <param name="photo">3×H×W, sRGB-encoded, in [0, 1].</param>
    /// <param name="mask">1×H×W in [0, 1].</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told the iteration and the relative residual.</param>
    /// <param name="cancellation">Stops between iterations.</param>
    /// <returns>1×H×W: alpha, in [0, 1].</returns>
    public static FloatImage Refine(FloatImage photo, FloatImage mask, MattingOptions options, Action<int, double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual((mask.Channels, mask.Height, mask.Width), (1, photo.Height, photo.Width));
        return Refine(mask, options, (known, values) => Solve(photo, known, values, options, progress, cancellation));
    }

    /// <summary>Pulls the border of a mask to the edges of the photo, with a matting Laplacian that was made elsewhere.</summary>
    /// <param name="laplacian">N×N for the N pixels of the mask, counted row by row; symmetric, positive semidefinite.</param>
    /// <param name="mask">1×H×W in [0, 1].</param>
    /// <param name="options">How; the windows' radius and ridge are the matrix's own.</param>
    /// <param name="progress">Told the iteration and the relative residual.</param>
    /// <param name="cancellation">Stops between iterations.</param>
    /// <returns>1×H×W: alpha, in [0, 1].</returns>
    public static FloatImage Refine(SparseMatrix laplacian, FloatImage mask, MattingOptions options, Action<int, double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual((laplacian.Rows, laplacian.Columns, mask.Channels), (mask.PixelCount, mask.PixelCount, 1));
        return Refine(mask, options, (known, values) => Solve((from, to) => laplacian.Multiply(from, to), laplacian.Diagonal(), known, values, options, progress, cancellation));
    }

    /// <summary>Solves for alpha.</summary>
    /// <param name="photo">3×H×W.</param>
    /// <param name="known">For each pixel whether its alpha is known.</param>
    /// <param name="values">Its alpha there; elsewhere where the iteration starts.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told the iteration and the relative residual.</param>
    /// <param name="cancellation">Stops between iterations.</param>
    /// <returns>H·W values; not clamped.</returns>
    internal static double[] Solve(
        FloatImage photo, bool[] known, double[] values, MattingOptions options, Action<int, double>? progress = null, CancellationToken cancellation = default)
    {
        if (Math.Min(photo.Width, photo.Height) < 2 * options.Radius + 1) return [.. values];
        var regression = new WindowRegression(photo, options.Epsilon, options.Radius);
        return Solve((from, to) => regression.EnergyAndProduct(from, to), regression.Diagonal(), known, values, options, progress, cancellation);
    }

    private static FloatImage Refine(FloatImage mask, MattingOptions options, Func<bool[], double[], double[]> solve)
    {
        double[] alpha = solve(KnownOf(mask, options.Border), [.. mask.Data.Select(value => (double)value)]);
        return new FloatImage(1, mask.Height, mask.Width, [.. alpha.Select(a => (float)Math.Clamp(a, 0, 1))]);
    }

    private static double[] Solve(
        Action<double[], double[]> multiply, double[] diagonal, bool[] known, double[] values, MattingOptions options, Action<int, double>? progress, CancellationToken cancellation)
    {
        double[] alpha = [.. values];
        double[] weights = [.. known.Select(k => k ? KnownWeight : 0.0)];
        double[] preconditioner = new double[alpha.Length], right = new double[alpha.Length], product = new double[alpha.Length];
        for (int i = 0; i < alpha.Length; i++)
        {
            // A pixel that no window holds and nothing is known of has no equation: any alpha solves it.
            preconditioner[i] = diagonal[i] + weights[i] is > 0 and var sum ? 1 / sum : 1;
            right[i] = weights[i] * values[i];
        }

        Apply(alpha);
        var residual = new double[alpha.Length];
        VectorMath.AddScaled(right, -1, product, residual);
        double[] scaled = Scaled(residual), direction = [.. scaled];
        double energy = VectorMath.Dot(residual, scaled), goal = options.Tolerance * Math.Max(VectorMath.Norm(right), double.Epsilon);
        for (int iteration = 1; iteration <= options.MostIterations && VectorMath.Norm(residual) > goal; iteration++)
        {
            cancellation.ThrowIfCancellationRequested();
            Apply(direction);
            double step = energy / VectorMath.Dot(direction, product);
            VectorMath.AddScaled(alpha, step, direction, alpha);
            VectorMath.AddScaled(residual, -step, product, residual);
            scaled = Scaled(residual);
            double next = VectorMath.Dot(residual, scaled);
            VectorMath.AddScaled(scaled, next / energy, direction, direction);
            energy = next;
            progress?.Invoke(iteration, VectorMath.Norm(residual) / goal * options.Tolerance);
        }
        return alpha;

        void Apply(double[] vector)
        {
            multiply(vector, product);
            for (int i = 0; i < vector.Length; i++) product[i] += weights[i] * vector[i];
        }

        double[] Scaled(double[] vector)
        {
            var result = new double[vector.Length];
            for (int i = 0; i < result.Length; i++) result[i] = preconditioner[i] * vector[i];
            return result;
        }
    }

    /// <summary>The pixels whose surroundings in the mask are all object or all background.</summary>
    private static bool[] KnownOf(FloatImage mask, int border)
    {
        const float half = 0.5f;
        var (object01, means) = (new float[mask.PixelCount], new float[mask.PixelCount]);
        for (int i = 0; i < object01.Length; i++) object01[i] = mask.Data[i] >= half ? 1 : 0;
        BoxFilter.Mean<float>(object01, means, mask.Height, mask.Width, border);
        // Sums of ones in float64 divided by their number: exact at both ends.
        return [.. means.Select((mean, i) => mean is 0 or 1 && mask.Data[i] is < 0.05f or > 0.95f)];
    }
}
