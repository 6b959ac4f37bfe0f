using PhotoStyle.Imaging;

namespace PhotoStyle.Grading;

/// <summary>Weighted least squares of an affine colour transform, pulled gently towards another one so that few or equal colours do no harm.</summary>
internal sealed class AffineRegression
{
    // In pixels of squared unit colours: little beside a region of a photo, much beside nothing.
    private const double Ridge = 1;

    private readonly double[,] _normal = new double[4, 4];
    private readonly double[,] _right = new double[4, 3];

    /// <summary>Takes a pixel in.</summary>
    public void Add(FloatImage from, FloatImage to, int pixel, double weight)
    {
        Span<double> x = [from.Plane(0)[pixel], from.Plane(1)[pixel], from.Plane(2)[pixel], 1];
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 4; j++) _normal[i, j] += weight * x[i] * x[j];
            for (int c = 0; c < 3; c++) _right[i, c] += weight * x[i] * to.Plane(c)[pixel];
        }
    }

    /// <summary>The transform, 12 coefficients.</summary>
    /// <param name="towards">What it is pulled to.</param>
    public float[] Solve(IReadOnlyList<float> towards)
    {
        var rows = new double[4, 7];
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 4; j++) rows[i, j] = _normal[i, j] + (i == j ? Ridge : 0);
            for (int c = 0; c < 3; c++) rows[i, 4 + c] = _right[i, c] + Ridge * towards[4 * c + i];
        }
        // Positive definite: elimination needs no pivots.
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                if (j == i) continue;
                double factor = rows[j, i] / rows[i, i];
                for (int k = i; k < 7; k++) rows[j, k] -= factor * rows[i, k];
            }
        }
        return [.. Enumerable.Range(0, 12).Select(k => (float)(rows[k % 4, 4 + k / 4] / rows[k % 4, k % 4]))];
    }
}
