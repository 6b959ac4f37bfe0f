using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Matting;

/// <summary>Oracle: every entry of M straight from its definition (Levin et al. 2008, equation 12), in decimal arithmetic of 28 digits, so that
/// the inverse of a nearly singular covariance is beyond doubt.</summary>
internal sealed class DenseMattingLaplacian
{
    private readonly decimal[,] _entries;
    private readonly int _side;

    public DenseMattingLaplacian(FloatImage image, double epsilon, int radius = 1)
    {
        _side = 2 * radius + 1;
        var (height, width, count) = (image.Height, image.Width, image.PixelCount);
        _entries = new decimal[count, count];
        for (var y = radius; y < height - radius; y++)
            for (var x = radius; x < width - radius; x++)
                AddWindow(image, (decimal)epsilon, y, x);
    }

    private decimal WindowSize => _side * _side;

    public int Size => _entries.GetLength(0);

    public double this[int i, int j] => (double)_entries[i, j];

    public double[] Product(ReadOnlySpan<float> p)
    {
        var values = Exact(p);
        var product = new double[Size];
        for (var i = 0; i < Size; i++) product[i] = (double)Row(i, values);
        return product;
    }

    public double Energy(ReadOnlySpan<float> p)
    {
        var values = Exact(p);
        var energy = 0m;
        for (var i = 0; i < Size; i++) energy += values[i] * Row(i, values);
        return (double)energy;
    }

    private decimal Row(int i, decimal[] values)
    {
        var sum = 0m;
        for (var j = 0; j < Size; j++)
            if (_entries[i, j] != 0) sum += _entries[i, j] * values[j];
        return sum;
    }

    private void AddWindow(FloatImage image, decimal epsilon, int centreY, int centreX)
    {
        var pixels = new int[(int)WindowSize];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (centreY + i / _side - _side / 2) * image.Width + centreX + i % _side - _side / 2;
        var colours = new decimal[3, pixels.Length];
        for (var c = 0; c < 3; c++)
        {
            var mean = 0m;
            for (var i = 0; i < pixels.Length; i++) mean += (colours[c, i] = Exact(image.Plane(c)[pixels[i]])) / WindowSize;
            for (var i = 0; i < pixels.Length; i++) colours[c, i] -= mean;
        }

        // In units of ε/|w| the regularised covariance has no eigenvalue below 1: none of decimal's 28 places are wasted.
        var unit = epsilon / WindowSize;
        var covariance = new decimal[3, 3];
        for (var a = 0; a < 3; a++)
            for (var b = 0; b < 3; b++)
            {
                for (var i = 0; i < pixels.Length; i++) covariance[a, b] += colours[a, i] * colours[b, i] / WindowSize / unit;
                if (a == b) covariance[a, b] += 1;
            }
        var inverse = Inverse(covariance);

        for (var i = 0; i < pixels.Length; i++)
            for (var j = 0; j < pixels.Length; j++)
            {
                var form = 0m;
                for (var a = 0; a < 3; a++)
                    for (var b = 0; b < 3; b++)
                        form += colours[a, i] * inverse[a, b] * colours[b, j] / unit;
                _entries[pixels[i], pixels[j]] += (i == j ? 1 : 0) - (1 + form) / WindowSize;
            }
    }

    private static decimal[,] Inverse(decimal[,] m)
    {
        var cofactors = new decimal[3, 3];
        for (var a = 0; a < 3; a++)
            for (var b = 0; b < 3; b++)
                cofactors[a, b] = m[(a + 1) % 3, (b + 1) % 3] * m[(a + 2) % 3, (b + 2) % 3] - m[(a + 1) % 3, (b + 2) % 3] * m[(a + 2) % 3, (b + 1) % 3];
        var determinant = m[0, 0] * cofactors[0, 0] + m[0, 1] * cofactors[0, 1] + m[0, 2] * cofactors[0, 2];
        var inverse = new decimal[3, 3];
        for (var a = 0; a < 3; a++)
            for (var b = 0; b < 3; b++)
                inverse[a, b] = cofactors[b, a] / determinant;
        return inverse;
    }

    private static decimal[] Exact(ReadOnlySpan<float> values)
    {
        var exact = new decimal[values.Length];
        for (var i = 0; i < values.Length; i++) exact[i] = Exact(values[i]);
        return exact;
    }

    /// <summary>Conversions from binary floats to decimal round to 7 or 15 digits; this one does not.</summary>
    private static decimal Exact(float value)
    {
        const long scale = 1L << 45;
        return (decimal)(long)(value * (double)scale) / scale;
    }
}
