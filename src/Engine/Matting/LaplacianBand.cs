using System.Numerics;
using System.Runtime.CompilerServices;
using PhotoStyle.Imaging;

namespace PhotoStyle.Matting;

/// <summary>Applies the matting Laplacian to a band of rows. Holds only scratch memory, a few rows.</summary>
/// <param name="channels">Channels of the planes that M is applied to.</param>
/// <param name="width">Columns.</param>
internal sealed unsafe class LaplacianBand(int channels, int width)
{
    private const int PerFit = 4;

    private readonly ImageRows _colours = new(3, width);
    private readonly ImageRows _planes = new(channels, width);
    private readonly PaddedRows _fits = new(PerFit * channels, width);
    private readonly PaddedRows _fitSums = new(3 * PerFit * channels, width);
    private readonly PaddedRows _windowsAcross = WindowsAcrossColumns(width);
    private readonly PaddedRows _product = new(1, width);

    public int Channels => channels;

    /// <summary>Computes the rows from <paramref name="start"/> to before <paramref name="end"/> of the product.</summary>
    /// <returns>The energy of the windows centred in these rows.</returns>
    public double Evaluate(FloatImage image, WindowFactors factors, double epsilon, FloatImage p, FloatImage? product, int start, int end)
    {
        var energy = 0.0;
        // A row of the product needs the windows centred in the rows above and below it; the energy needs the band's own rows only.
        var halo = product is null ? 0 : 1;
        var (first, last) = (start - halo, end - 1 + halo);
        for (var y = Math.Max(first - 1, 0); y <= Math.Min(first, p.Height - 1); y++) LoadRow(image, p, y);
        for (var y = first; y <= last; y++)
        {
            if (y + 1 < p.Height) LoadRow(image, p, y + 1);
            var hasWindows = y >= 1 && y <= p.Height - 2 && width >= 3;
            if (hasWindows)
            {
                var rowEnergy = FitRow(factors, epsilon, y);
                if (y >= start && y < end) energy += rowEnergy;
            }
            if (product is null) continue;
            SumFitsAlongRow(y, hasWindows);
            if (y > start) WriteProduct(product, y - 1);
        }
        return energy;
    }

    /// <summary>Fits each channel in the windows centred in the rows from <paramref name="start"/> to before <paramref name="end"/>.</summary>
    /// <remarks>Writes 4C×H×W fits: for each channel the slopes for red, green and blue and the offset of the window centred at the pixel. The first and the last
    /// column, where there is no such window, are left alone.</remarks>
    public void Fit(FloatImage image, WindowFactors factors, double epsilon, FloatImage p, FloatImage fits, int start, int end)
    {
        for (var y = start - 1; y <= start; y++) LoadRow(image, p, y);
        for (var y = start; y < end; y++)
        {
            LoadRow(image, p, y + 1);
            FitRow(factors, epsilon, y);
            for (var row = 0; row < PerFit * channels; row++)
            {
                var fit = _fits[row];
                var target = fits.Row(row, y);
                for (var x = 1; x < width - 1; x++) target[x] = (float)fit[x];
            }
        }
    }

    private void LoadRow(FloatImage image, FloatImage p, int y)
    {
        _colours.Load(image, y);
        _planes.Load(p, y);
    }

    /// <summary>Fits each channel in each window of the row: p ≈ aᵀI + b. Leaves a and b in <see cref="_fits"/>.</summary>
    /// <returns>Σ over the row's windows of the squared residuals and ε|a|².</returns>
    [SkipLocalsInit]
    private double FitRow(WindowFactors factors, double epsilon, int y)
    {
        var ridge = new Vector<double>(epsilon);
        var energy = Vector<double>.Zero;
        var e0 = stackalloc Vector<double>[3 * WindowDifferences.Count];
        var e1 = e0 + WindowDifferences.Count;
        var e2 = e1 + WindowDifferences.Count;
        var d = stackalloc Vector<double>[WindowDifferences.Count];
        var coloursAbove = _colours.Row(y - 1);
        var colours = _colours.Row(y);
        var coloursBelow = _colours.Row(y + 1);
        var planesAbove = _planes.Row(y - 1);
        var planes = _planes.Row(y);
        var planesBelow = _planes.Row(y + 1);
        var factorsOfRow = factors.Row(y);
        var fits = _fits[0];
        nint stride = _fits.Stride;
        for (nint x = 1; x < width - 1; x += PaddedRows.VectorLength)
        {
            // The last vector of a row may reach beyond the last window.
            var inside = Vector.LessThan(Vector.CreateSequence<double>(x, 1), new Vector<double>(width - 1));
            var mean0 = WindowDifferences.Load(coloursAbove + x, colours + x, coloursBelow + x, e0);
            var mean1 = WindowDifferences.Load(coloursAbove + stride + x, colours + stride + x, coloursBelow + stride + x, e1);
            var mean2 = WindowDifferences.Load(coloursAbove + 2 * stride + x, colours + 2 * stride + x, coloursBelow + 2 * stride + x, e2);
            for (nint channel = 0; channel < channels; channel++)
            {
                var offset = channel * stride + x;
                var mean = WindowDifferences.Load(planesAbove + offset, planes + offset, planesBelow + offset, d);
                var sum = mean * -WindowDifferences.WindowSize;
                var (c0, c1, c2) = (sum * mean0, sum * mean1, sum * mean2);
                for (var i = 0; i < WindowDifferences.Count; i++)
                {
                    c0 = Vector.FusedMultiplyAdd(e0[i], d[i], c0);
                    c1 = Vector.FusedMultiplyAdd(e1[i], d[i], c1);
                    c2 = Vector.FusedMultiplyAdd(e2[i], d[i], c2);
                }
                var (a0, a1, a2) = WindowFactors.Solve(factorsOfRow + x, stride, c0, c1, c2);
                var b = Subtract(mean, a0, mean0, a1, mean1, a2, mean2);

                var squares = b * b;
                for (var i = 0; i < WindowDifferences.Count; i++)
                {
                    var residual = Subtract(d[i] - b, a0, e0[i], a1, e1[i], a2, e2[i]);
                    squares = Vector.FusedMultiplyAdd(residual, residual, squares);
                }
                squares = Vector.FusedMultiplyAdd(ridge, a0 * a0 + a1 * a1 + a2 * a2, squares);
                energy += Vector.ConditionalSelect(inside, squares, Vector<double>.Zero);

                b = Subtract(
                    b + Vector.Load(planes + offset),
                    a0,
                    Vector.Load(colours + x),
                    a1,
                    Vector.Load(colours + stride + x),
                    a2,
                    Vector.Load(colours + 2 * stride + x));
                var fit = fits + channel * PerFit * stride + x;
                Vector.ConditionalSelect(inside, a0, Vector<double>.Zero).Store(fit);
                Vector.ConditionalSelect(inside, a1, Vector<double>.Zero).Store(fit + stride);
                Vector.ConditionalSelect(inside, a2, Vector<double>.Zero).Store(fit + 2 * stride);
                Vector.ConditionalSelect(inside, b, Vector<double>.Zero).Store(fit + 3 * stride);
            }
        }
        return Vector.Sum(energy);
    }

    /// <summary>value − a₀b₀ − a₁b₁ − a₂b₂.</summary>
    private static Vector<double> Subtract(
        Vector<double> value,
        Vector<double> a0,
        Vector<double> b0,
        Vector<double> a1,
        Vector<double> b1,
        Vector<double> a2,
        Vector<double> b2) =>
        Vector.FusedMultiplyAdd(-a0, b0, Vector.FusedMultiplyAdd(-a1, b1, Vector.FusedMultiplyAdd(-a2, b2, value)));

    private double* SumsOf(int y) => _fitSums[(y + 3) % 3 * PerFit * channels];

    private void SumFitsAlongRow(int y, bool hasWindows)
    {
        var sums = SumsOf(y);
        var fits = _fits[0];
        nint stride = _fits.Stride;
        for (nint row = 0; row < PerFit * channels; row++, fits += stride, sums += stride)
        {
            if (!hasWindows)
            {
                new Span<double>(sums, width).Clear();
                continue;
            }
            for (nint x = 0; x < width; x += PaddedRows.VectorLength)
                (Vector.Load(fits + x - 1) + Vector.Load(fits + x) + Vector.Load(fits + x + 1)).Store(sums + x);
        }
    }

    /// <summary>(Mp)_i = n_i p_i − (Σa)ᵀI_i − Σb, over the n_i windows that hold pixel i.</summary>
    private void WriteProduct(FloatImage product, int y)
    {
        var windowsDown = new Vector<double>(WindowsAcross(y, product.Height));
        var windowsAcross = _windowsAcross[0];
        var colours = _colours.Row(y);
        var planes = _planes.Row(y);
        var above = SumsOf(y - 1);
        var centre = SumsOf(y);
        var below = SumsOf(y + 1);
        var result = _product[0];
        nint stride = _product.Stride;
        for (var channel = 0; channel < channels; channel++)
        {
            for (nint x = 0; x < width; x += PaddedRows.VectorLength)
            {
                var fitted = SumDown(above + 3 * stride + x, centre + 3 * stride + x, below + 3 * stride + x);
                for (nint i = 0; i < 3; i++)
                {
                    var a = SumDown(above + i * stride + x, centre + i * stride + x, below + i * stride + x);
                    fitted = Vector.FusedMultiplyAdd(a, Vector.Load(colours + i * stride + x), fitted);
                }
                (windowsDown * Vector.Load(windowsAcross + x) * Vector.Load(planes + x) - fitted).Store(result + x);
            }
            _product.Store(0, product, channel, y);
            planes += stride;
            above += PerFit * stride;
            centre += PerFit * stride;
            below += PerFit * stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> SumDown(double* above, double* centre, double* below) =>
        Vector.Load(above) + Vector.Load(centre) + Vector.Load(below);

    /// <summary>Windows along one axis that hold the given position: three, less at the ends.</summary>
    private static int WindowsAcross(int position, int length) =>
        Math.Max(0, Math.Min(position + 1, length - 2) - Math.Max(position - 1, 1) + 1);

    private static PaddedRows WindowsAcrossColumns(int width)
    {
        var rows = new PaddedRows(1, width);
        for (var x = 0; x < width; x++) rows[0][x] = WindowsAcross(x, width);
        return rows;
    }
}
