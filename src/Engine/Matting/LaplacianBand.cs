using System.Numerics;
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

    private void LoadRow(FloatImage image, FloatImage p, int y)
    {
        _colours.Load(image, y);
        _planes.Load(p, y);
    }

    /// <summary>Fits each channel in each window of the row: p ≈ aᵀI + b. Leaves a and b in <see cref="_fits"/>.</summary>
    /// <returns>Σ over the row's windows of the squared residuals and ε|a|².</returns>
    private double FitRow(WindowFactors factors, double epsilon, int y)
    {
        var ninth = new Vector<double>(1.0 / Neighbours.WindowSize);
        var ridge = new Vector<double>(epsilon);
        var energy = Vector<double>.Zero;
        var e = stackalloc Vector<double>[3 * Neighbours.Count];
        for (var x = 1; x < width - 1; x += PaddedRows.VectorLength)
        {
            // The last vector of a row may reach beyond the last window.
            var inside = Vector.LessThan(Vector.CreateSequence<double>(x, 1), new Vector<double>(width - 1));
            var (mean0, mean1, mean2) = _colours.ColourDifferences(y, x, e);
            var (l10, l20, l21) = (Vector.Load(factors.Row(0, y) + x), Vector.Load(factors.Row(1, y) + x), Vector.Load(factors.Row(2, y) + x));
            var (i0, i1, i2) = (Vector.Load(factors.Row(3, y) + x), Vector.Load(factors.Row(4, y) + x), Vector.Load(factors.Row(5, y) + x));
            for (var channel = 0; channel < channels; channel++)
            {
                var above = _planes.Row(channel, y - 1) + x;
                var row = _planes.Row(channel, y) + x;
                var below = _planes.Row(channel, y + 1) + x;
                var centre = Vector.Load(row);
                var d0 = Vector.Load(above - 1) - centre;
                var d1 = Vector.Load(above) - centre;
                var d2 = Vector.Load(above + 1) - centre;
                var d3 = Vector.Load(row - 1) - centre;
                var d4 = Vector.Load(row + 1) - centre;
                var d5 = Vector.Load(below - 1) - centre;
                var d6 = Vector.Load(below) - centre;
                var d7 = Vector.Load(below + 1) - centre;
                var sum = ((d0 + d1) + (d2 + d3)) + ((d4 + d5) + (d6 + d7));

                var c0 = Dot(e, d0, d1, d2, d3, d4, d5, d6, d7) - mean0 * sum;
                var c1 = Dot(e + 8, d0, d1, d2, d3, d4, d5, d6, d7) - mean1 * sum;
                var c2 = Dot(e + 16, d0, d1, d2, d3, d4, d5, d6, d7) - mean2 * sum;
                c1 -= l10 * c0;
                c2 = c2 - l20 * c0 - l21 * c1;
                var a2 = c2 * i2;
                var a1 = c1 * i1 - l21 * a2;
                var a0 = c0 * i0 - l10 * a1 - l20 * a2;
                var b = sum * ninth - a0 * mean0 - a1 * mean1 - a2 * mean2;

                var r0 = Residual(d0, e, 0, a0, a1, a2, b);
                var r1 = Residual(d1, e, 1, a0, a1, a2, b);
                var r2 = Residual(d2, e, 2, a0, a1, a2, b);
                var r3 = Residual(d3, e, 3, a0, a1, a2, b);
                var r4 = Residual(d4, e, 4, a0, a1, a2, b);
                var r5 = Residual(d5, e, 5, a0, a1, a2, b);
                var r6 = Residual(d6, e, 6, a0, a1, a2, b);
                var r7 = Residual(d7, e, 7, a0, a1, a2, b);
                var squares = ((r0 * r0 + r1 * r1) + (r2 * r2 + r3 * r3)) + ((r4 * r4 + r5 * r5) + (r6 * r6 + r7 * r7)) + b * b;
                energy += Vector.ConditionalSelect(inside, squares + ridge * (a0 * a0 + a1 * a1 + a2 * a2), Vector<double>.Zero);

                b = b + centre - a0 * Vector.Load(_colours.Row(0, y) + x) - a1 * Vector.Load(_colours.Row(1, y) + x)
                    - a2 * Vector.Load(_colours.Row(2, y) + x);
                var fit = PerFit * channel;
                Vector.ConditionalSelect(inside, a0, Vector<double>.Zero).Store(_fits[fit] + x);
                Vector.ConditionalSelect(inside, a1, Vector<double>.Zero).Store(_fits[fit + 1] + x);
                Vector.ConditionalSelect(inside, a2, Vector<double>.Zero).Store(_fits[fit + 2] + x);
                Vector.ConditionalSelect(inside, b, Vector<double>.Zero).Store(_fits[fit + 3] + x);
            }
        }
        return Vector.Sum(energy);
    }

    private static Vector<double> Dot(
        Vector<double>* e,
        Vector<double> d0,
        Vector<double> d1,
        Vector<double> d2,
        Vector<double> d3,
        Vector<double> d4,
        Vector<double> d5,
        Vector<double> d6,
        Vector<double> d7) =>
        ((e[0] * d0 + e[1] * d1) + (e[2] * d2 + e[3] * d3)) + ((e[4] * d4 + e[5] * d5) + (e[6] * d6 + e[7] * d7));

    private static Vector<double> Residual(
        Vector<double> d,
        Vector<double>* e,
        int i,
        Vector<double> a0,
        Vector<double> a1,
        Vector<double> a2,
        Vector<double> b) =>
        d - b - a0 * e[i] - a1 * e[Neighbours.Count + i] - a2 * e[2 * Neighbours.Count + i];

    private int SumsOf(int y, int channel) => ((y + 3) % 3 * channels + channel) * PerFit;

    private void SumFitsAlongRow(int y, bool hasWindows)
    {
        var sums = SumsOf(y, 0);
        for (var i = 0; i < PerFit * channels; i++)
        {
            if (!hasWindows)
            {
                _fitSums.Clear(sums + i);
                continue;
            }
            var from = _fits[i];
            var to = _fitSums[sums + i];
            for (var x = 0; x < width; x += PaddedRows.VectorLength)
                (Vector.Load(from + x - 1) + Vector.Load(from + x) + Vector.Load(from + x + 1)).Store(to + x);
        }
    }

    /// <summary>(Mp)_i = n_i p_i − (Σa)ᵀI_i − Σb, over the n_i windows that hold pixel i.</summary>
    private void WriteProduct(FloatImage product, int y)
    {
        var windowsAcross = new Vector<double>(Neighbours.WindowsAcross(y, product.Height));
        var colour0 = _colours.Row(0, y);
        var colour1 = _colours.Row(1, y);
        var colour2 = _colours.Row(2, y);
        var across = _windowsAcross[0];
        var result = _product[0];
        for (var channel = 0; channel < channels; channel++)
        {
            var (above, row, below) = (SumsOf(y - 1, channel), SumsOf(y, channel), SumsOf(y + 1, channel));
            var plane = _planes.Row(channel, y);
            for (var x = 0; x < width; x += PaddedRows.VectorLength)
            {
                var fitted = SumDown(3, x)
                    + SumDown(0, x) * Vector.Load(colour0 + x)
                    + SumDown(1, x) * Vector.Load(colour1 + x)
                    + SumDown(2, x) * Vector.Load(colour2 + x);
                (windowsAcross * Vector.Load(across + x) * Vector.Load(plane + x) - fitted).Store(result + x);
            }
            _product.Store(0, product, channel, y);

            Vector<double> SumDown(int i, int x) =>
                Vector.Load(_fitSums[above + i] + x) + Vector.Load(_fitSums[row + i] + x) + Vector.Load(_fitSums[below + i] + x);
        }
    }

    private static PaddedRows WindowsAcrossColumns(int width)
    {
        var rows = new PaddedRows(1, width);
        for (var x = 0; x < width; x++) rows[0][x] = Neighbours.WindowsAcross(x, width);
        return rows;
    }
}
