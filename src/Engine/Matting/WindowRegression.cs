using PhotoStyle.Imaging;

namespace PhotoStyle.Matting;

/// <summary>
/// Affine fits to a colour image in all square windows of any radius, by window sums: what the matting Laplacian is made of. <see cref="LaplacianBand"/> does the
/// same for 3×3 windows in a tenth of the time.
/// </summary>
/// <remarks>Colours are centred on the image's mean and everything is in float64: with 5×5 windows and ε = 1e-7 some eight digits of a window's statistics hold.</remarks>
internal sealed class WindowRegression
{
    private readonly int _height;
    private readonly int _width;
    private readonly int _radius;
    private readonly double[][] _colours;
    private readonly double[][] _means;
    private readonly double[][] _factors;
    private readonly double[] _windowsOfPixel;

    /// <param name="image">3×H×W, with sides of at least 2r + 1.</param>
    /// <param name="epsilon">Ridge, positive.</param>
    /// <param name="radius">r, at least 1.</param>
    public WindowRegression(FloatImage image, double epsilon, int radius)
    {
        (_height, _width, _radius) = (image.Height, image.Width, radius);
        _colours = [.. Enumerable.Range(0, 3).Select(c => Centred(image.Plane(c)))];
        double[][] sums = [.. _colours.Select(Sums)];
        (int Row, int Column)[] entries = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)];
        _factors = [.. entries.Select(e => Sums(Product(_colours[e.Row], _colours[e.Column])))];
        double inverse = 1.0 / WindowSize;
        Parallel.For(0, Down, row =>
        {
            for (int w = row * Across; w < (row + 1) * Across; w++)
            {
                (double m0, double m1, double m2) = (sums[0][w] * inverse, sums[1][w] * inverse, sums[2][w] * inverse);
                double s00 = _factors[0][w] - sums[0][w] * m0 + epsilon, s01 = _factors[1][w] - sums[0][w] * m1, s02 = _factors[2][w] - sums[0][w] * m2;
                double s11 = _factors[3][w] - sums[1][w] * m1 + epsilon, s12 = _factors[4][w] - sums[1][w] * m2, s22 = _factors[5][w] - sums[2][w] * m2 + epsilon;
                // L D Lᵀ, as in WindowFactors.
                double inverse0 = 1 / s00, l10 = s01 * inverse0, l20 = s02 * inverse0;
                double inverse1 = 1 / (s11 - l10 * s01), v12 = s12 - l10 * s02, l21 = v12 * inverse1;
                (_factors[0][w], _factors[1][w], _factors[2][w]) = (l10, l20, l21);
                (_factors[3][w], _factors[4][w], _factors[5][w]) = (inverse0, inverse1, 1 / (s22 - l20 * s02 - l21 * v12));
                (sums[0][w], sums[1][w], sums[2][w]) = (m0, m1, m2);
            }
        });
        _means = sums;
        var ones = new double[Down * Across];
        Array.Fill(ones, 1);
        _windowsOfPixel = WindowSums.Over(ones, _height, _width, radius);
    }

    /// <summary>Pixels of a window, |w|.</summary>
    public int WindowSize => (2 * _radius + 1) * (2 * _radius + 1);

    private int Across => _width - 2 * _radius;

    private int Down => _height - 2 * _radius;

    /// <summary>Computes pᵀMp and M p.</summary>
    /// <param name="p">H·W values.</param>
    /// <param name="product">Receives M p, H·W values; null if only the energy is asked for.</param>
    /// <returns>The energy, a sum of terms that are at least zero.</returns>
    public double EnergyAndProduct(ReadOnlySpan<double> p, double[]? product)
    {
        double mean = 0;
        foreach (double value in p) mean += value;
        mean /= p.Length;
        var plane = new double[p.Length];
        for (int i = 0; i < plane.Length; i++) plane[i] = p[i] - mean;

        double[] sums = Sums(plane), squares = Sums(Product(plane, plane));
        double[][] fits = [.. _colours.Select(colour => Sums(Product(plane, colour))), sums];
        var energies = new double[Down];
        Parallel.For(0, Down, row =>
        {
            for (int w = row * Across; w < (row + 1) * Across; w++)
            {
                double average = sums[w] / WindowSize;
                double c0 = fits[0][w] - sums[w] * _means[0][w], c1 = fits[1][w] - sums[w] * _means[1][w], c2 = fits[2][w] - sums[w] * _means[2][w];
                (double a0, double a1, double a2) = Solve(w, c0, c1, c2);
                energies[row] += Math.Max(0, squares[w] - sums[w] * average - (c0 * a0 + c1 * a1 + c2 * a2));
                (fits[0][w], fits[1][w], fits[2][w], fits[3][w]) = (a0, a1, a2, average - a0 * _means[0][w] - a1 * _means[1][w] - a2 * _means[2][w]);
            }
        });
        if (product is not null)
        {
            double[][] over = [.. fits.Select(fit => WindowSums.Over(fit, _height, _width, _radius))];
            for (int i = 0; i < plane.Length; i++)
                product[i] = _windowsOfPixel[i] * plane[i] - over[0][i] * _colours[0][i] - over[1][i] * _colours[1][i] - over[2][i] * _colours[2][i] - over[3][i];
        }
        return energies.Sum();
    }

    /// <summary>The diagonal of M.</summary>
    public double[] Diagonal()
    {
        var diagonal = new double[_height * _width];
        Parallel.For(0, _height, y =>
        {
            for (int x = 0; x < _width; x++)
            {
                for (int cy = Math.Max(y - _radius, _radius); cy <= Math.Min(y + _radius, _height - 1 - _radius); cy++)
                {
                    for (int cx = Math.Max(x - _radius, _radius); cx <= Math.Min(x + _radius, _width - 1 - _radius); cx++)
                        diagonal[y * _width + x] += 1 + Coupling(Window(cy, cx), y * _width + x, y * _width + x);
                }
            }
        });
        return diagonal;
    }

    /// <summary>Builds M: for each pixel in turn its row.</summary>
    public SparseMatrix ToSparse()
    {
        int count = _height * _width, side = 4 * _radius + 1;
        var starts = new int[count + 1];
        long total = 0;
        for (int i = 0; i < count; i++)
        {
            // A pair is coupled if a window holds both: rows and columns are counted apart.
            total += (long)Partners(i / _width, _height).Count * Partners(i % _width, _width).Count;
            if (total > Array.MaxLength)
                throw new PhotoStyleException(ErrorCode.ImageTooLarge, "The matrix of this picture has too many entries to be built: reduce the picture or the radius.");
            starts[i + 1] = (int)total;
        }
        var (columns, values) = (new int[total], new double[total]);
        Parallel.For(0, _height, () => new double[_width * side * side], (y, _, slots) =>
        {
            Array.Clear(slots);
            AddWindowsOfRow(y, slots, side);
            (int firstRow, int rows) = Partners(y, _height);
            for (int x = 0; x < _width; x++)
            {
                int at = starts[y * _width + x];
                (int firstColumn, int across) = Partners(x, _width);
                for (int v = firstRow; v < firstRow + rows; v++)
                {
                    for (int u = firstColumn; u < firstColumn + across; u++, at++)
                        (columns[at], values[at]) = (v * _width + u, slots[(x * side + v - y + 2 * _radius) * side + u - x + 2 * _radius]);
                }
            }
            return slots;
        }, _ => { });
        return new SparseMatrix(count, count, starts, columns, values);
    }

    /// <summary>The positions along an axis that share a window with one: the first, and how many.</summary>
    private (int First, int Count) Partners(int position, int length)
    {
        int firstCentre = Math.Max(position - _radius, _radius), lastCentre = Math.Min(position + _radius, length - 1 - _radius);
        return (firstCentre - _radius, lastCentre - firstCentre + 2 * _radius + 1);
    }

    private void AddWindowsOfRow(int y, double[] slots, int side)
    {
        for (int cy = Math.Max(y - _radius, _radius); cy <= Math.Min(y + _radius, _height - 1 - _radius); cy++)
        {
            for (int cx = _radius; cx < _width - _radius; cx++)
            {
                int w = Window(cy, cx);
                for (int x = cx - _radius; x <= cx + _radius; x++)
                {
                    int i = y * _width + x;
                    (double u0, double u1, double u2) = Solve(w, _colours[0][i] - _means[0][w], _colours[1][i] - _means[1][w], _colours[2][i] - _means[2][w]);
                    for (int v = cy - _radius; v <= cy + _radius; v++)
                    {
                        int slot = (x * side + v - y + 2 * _radius) * side + cx - _radius - x + 2 * _radius;
                        for (int u = cx - _radius; u <= cx + _radius; u++, slot++)
                        {
                            int j = v * _width + u;
                            double form = (_colours[0][j] - _means[0][w]) * u0 + (_colours[1][j] - _means[1][w]) * u1 + (_colours[2][j] - _means[2][w]) * u2;
                            slots[slot] += (i == j ? 1 : 0) - 1.0 / WindowSize - form;
                        }
                    }
                }
            }
        }
    }

    /// <summary>What a window adds to the entry of two of its pixels, but for the one on the diagonal.</summary>
    private double Coupling(int w, int i, int j)
    {
        (double u0, double u1, double u2) = Solve(w, _colours[0][i] - _means[0][w], _colours[1][i] - _means[1][w], _colours[2][i] - _means[2][w]);
        return -1.0 / WindowSize - ((_colours[0][j] - _means[0][w]) * u0 + (_colours[1][j] - _means[1][w]) * u1 + (_colours[2][j] - _means[2][w]) * u2);
    }

    private int Window(int centreY, int centreX) => (centreY - _radius) * Across + centreX - _radius;

    private (double A0, double A1, double A2) Solve(int w, double c0, double c1, double c2)
    {
        c1 -= _factors[0][w] * c0;
        c2 -= _factors[1][w] * c0 + _factors[2][w] * c1;
        double a2 = c2 * _factors[5][w], a1 = c1 * _factors[4][w] - _factors[2][w] * a2;
        return (c0 * _factors[3][w] - _factors[0][w] * a1 - _factors[1][w] * a2, a1, a2);
    }

    private double[] Sums(double[] plane) => WindowSums.Inside(plane, _height, _width, _radius);

    private static double[] Centred(ReadOnlySpan<float> values)
    {
        double mean = 0;
        foreach (float value in values) mean += value;
        mean /= values.Length;
        var centred = new double[values.Length];
        for (int i = 0; i < centred.Length; i++) centred[i] = values[i] - mean;
        return centred;
    }

    private static double[] Product(double[] a, double[] b)
    {
        var product = new double[a.Length];
        for (int i = 0; i < product.Length; i++) product[i] = a[i] * b[i];
        return product;
    }
}
