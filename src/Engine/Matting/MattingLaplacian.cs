using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using PhotoStyle.Imaging;

namespace PhotoStyle.Matting;

/// <summary>The matting Laplacian M of a colour image (Levin, Lischinski, Weiss, <i>A Closed-Form Solution to Natural Image Matting</i>, 2008,
/// equation 12), as an operator: the N×N matrix is never built, unless for other programs.</summary>
/// <remarks>
/// <para>Only windows that lie fully inside the image count, so M is zero for images with a side shorter than a window's. For a plane p of N values, pᵀMp is
/// what remains when p is fitted in each window w by an affine function of the three colours:
/// Σ_w min over a, b of Σ_{i∈w} (p_i − aᵀI_i − b)² + ε|a|², and (Mp)_i is the sum of the residuals of pixel i over the windows that hold it.
/// M is symmetric, positive semidefinite, and M·1 = 0.</para>
/// <para>All arithmetic is in float64. Results do not depend on the number of threads. Instances may be used by several threads at once.</para>
/// </remarks>
public sealed class MattingLaplacian
{
    /// <summary>Rows of a band, the unit of parallel work. Fixed, so that sums are always taken in the same order; each band computes one more
    /// row of windows above and below than it owns.</summary>
    private const int BandRows = 32;

    /// <summary>"PSWINDO" and the version of the format.</summary>
    private const long StatisticsMagic = 0x02_4F_44_4E_49_57_53_50;

    private readonly FloatImage _image;
    private readonly WindowFactors? _factors;
    private readonly Lazy<WindowRegression?> _regression;
    private readonly ParallelOptions _parallel;
    private readonly ConcurrentBag<LaplacianBand> _idle = [];

    /// <summary>Computes the statistics of all windows: 48 bytes per pixel for 3×3 windows, 104 for larger ones.</summary>
    /// <param name="image">3×H×W colours, nominally in [0, 1]. Not copied: it must not change while this object is used.</param>
    /// <param name="epsilon">Weight of the ridge term, positive, in squared units of the image's values. The paper's is 1e-7.</param>
    /// <param name="radius">r of the (2r + 1)×(2r + 1) windows, at least 1. Time does not depend on it, but 3×3 windows have ways of their own that take a tenth of it.</param>
    public MattingLaplacian(FloatImage image, double epsilon = 1e-7, int radius = 1)
        : this(image, epsilon, radius, maxDegreeOfParallelism: -1)
    {
    }

    internal MattingLaplacian(FloatImage image, double epsilon, int radius, int maxDegreeOfParallelism)
        : this(image, epsilon, radius, new ParallelOptions { MaxDegreeOfParallelism = maxDegreeOfParallelism })
    {
        if (radius == 1) _factors = new WindowFactors(image, epsilon, _parallel);
    }

    private MattingLaplacian(FloatImage image, double epsilon, int radius, ParallelOptions parallel)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(image.Channels, 3);
        if (!double.IsFinite(epsilon)) throw new ArgumentOutOfRangeException(nameof(epsilon));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epsilon);
        ArgumentOutOfRangeException.ThrowIfLessThan(radius, 1);
        (_image, Epsilon, Radius, _parallel) = (image, epsilon, radius, parallel);
        _regression = new(() => Math.Min(Width, Height) < 2 * radius + 1 ? null : new WindowRegression(image, epsilon, radius));
    }

    private MattingLaplacian(FloatImage image, double epsilon, WindowFactors factors)
        : this(image, epsilon, radius: 1, new ParallelOptions()) => _factors = factors;

    /// <summary>Weight of the ridge term.</summary>
    public double Epsilon { get; }

    /// <summary>Radius of the windows.</summary>
    public int Radius { get; }

    /// <summary>Columns.</summary>
    public int Width => _image.Width;

    /// <summary>Rows.</summary>
    public int Height => _image.Height;

    /// <summary>Computes Σ_c p_cᵀ M p_c and M p_c for every channel c. The gradient of the energy is twice the product.</summary>
    /// <param name="p">C×H×W, any number of channels.</param>
    /// <param name="product">Receives M p_c, C×H×W. Must not be <paramref name="p"/>.</param>
    /// <returns>The energy; a sum of squares, so never negative.</returns>
    public double EnergyAndProduct(FloatImage p, FloatImage product)
    {
        RequireSize(p);
        RequireSize(product);
        ArgumentOutOfRangeException.ThrowIfNotEqual(product.Channels, p.Channels);
        if (ReferenceEquals(p.Data, product.Data)) throw new ArgumentException("The product needs memory of its own.", nameof(product));
        return Evaluate(p, product);
    }

    /// <summary>Computes Σ_c p_cᵀ M p_c.</summary>
    /// <param name="p">C×H×W, any number of channels.</param>
    /// <returns>The energy; a sum of squares, so never negative.</returns>
    public double Energy(FloatImage p)
    {
        RequireSize(p);
        return Evaluate(p, product: null);
    }

    /// <summary>Builds the matrix, N×N with a row for each pixel, row by row: (4r + 1)² entries in most rows, 16 bytes each and more while it is built.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.ImageTooLarge"/>: there are more entries than an array holds.</exception>
    public SparseMatrix ToSparse() => _regression.Value?.ToSparse() ?? new SparseMatrix(_image.PixelCount, _image.PixelCount, new int[_image.PixelCount + 1], [], []);

    /// <summary>Writes the statistics of all 3×3 windows, 48 bytes per pixel, behind a hash of the image. With the image they are all there is to know of M.</summary>
    /// <param name="stream">A stream that can be written.</param>
    /// <exception cref="InvalidOperationException">The windows are larger: their statistics are computed faster than read.</exception>
    public void Save(Stream stream)
    {
        if (_factors is null) throw new InvalidOperationException("Only statistics of 3×3 windows can be saved.");
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(StatisticsMagic);
        writer.Write(Width);
        writer.Write(Height);
        writer.Write(Epsilon);
        writer.Write(HashOf(_image));
        _factors.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote. The operator is the same to the bit.</summary>
    /// <param name="stream">A stream that can be read.</param>
    /// <param name="image">The image that the statistics were computed of. Not copied.</param>
    /// <exception cref="InvalidDataException">The statistics are damaged, cut short, of another version or of another image.</exception>
    public static MattingLaplacian Load(Stream stream, FloatImage image)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadInt64() != StatisticsMagic) throw new InvalidDataException("These are not window statistics of a matting Laplacian that this version can read.");
            (int width, int height, double epsilon) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble());
            if ((width, height) != (image.Width, image.Height))
                throw new InvalidDataException($"These are the window statistics of an image of {width}×{height} pixels, not {image.Width}×{image.Height}.");
            if (!(epsilon > 0 && double.IsFinite(epsilon))) throw new InvalidDataException("The window statistics have no ridge.");
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            stream.ReadExactly(hash);
            if (!hash.SequenceEqual(HashOf(image))) throw new InvalidDataException("These are the window statistics of another image.");
            return new MattingLaplacian(image, epsilon, WindowFactors.Load(reader, width, height));
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("The window statistics end too early.", e);
        }
    }

    /// <summary>Fits each channel of <paramref name="p"/>, in the window around each pixel, by an affine function of the image's colours with the ridge ε.</summary>
    /// <param name="p">C×H×W.</param>
    /// <returns>4C×H×W: for each channel the slopes for red, green and blue, and the offset. A pixel at the border has those of the nearest window; without any
    /// window, slopes are zero and offsets are <paramref name="p"/>.</returns>
    internal FloatImage Fit(FloatImage p)
    {
        RequireSize(p);
        if (_factors is null) throw new InvalidOperationException("Fits are made in 3×3 windows.");
        const int perChannel = 4;
        var fits = new FloatImage(perChannel * p.Channels, Height, Width);
        if (Math.Min(Width, Height) < 3)
        {
            for (var c = 0; c < p.Channels; c++) p.Plane(c).CopyTo(fits.Plane(perChannel * c + 3));
            return fits;
        }
        var bands = (Height - 2 + BandRows - 1) / BandRows;
        Parallel.For(0, bands, _parallel, index =>
        {
            var band = RentBand(p.Channels);
            var start = 1 + index * BandRows;
            band.Fit(_image, _factors, Epsilon, p, fits, start, Math.Min(start + BandRows, Height - 1));
            _idle.Add(band);
        });
        for (var row = 0; row < fits.Channels; row++)
        {
            fits.Row(row, 1).CopyTo(fits.Row(row, 0));
            fits.Row(row, Height - 2).CopyTo(fits.Row(row, Height - 1));
            for (var y = 0; y < Height; y++)
            {
                var values = fits.Row(row, y);
                (values[0], values[^1]) = (values[1], values[^2]);
            }
        }
        return fits;
    }

    private static byte[] HashOf(FloatImage image) => SHA256.HashData(MemoryMarshal.AsBytes(image.Data.AsSpan()));

    private double Evaluate(FloatImage p, FloatImage? product)
    {
        if (_factors is null) return EvaluateWide(p, product);
        var energies = new double[(Height + BandRows - 1) / BandRows];
        Parallel.For(
            0,
            energies.Length,
            _parallel,
            () => RentBand(p.Channels),
            (index, _, band) =>
            {
                var start = index * BandRows;
                energies[index] = band.Evaluate(_image, _factors, Epsilon, p, product, start, Math.Min(start + BandRows, Height));
                return band;
            },
            _idle.Add);
        var energy = 0.0;
        foreach (var part in energies) energy += part;
        return energy;
    }

    private double EvaluateWide(FloatImage p, FloatImage? product)
    {
        product?.Data.AsSpan().Clear();
        if (_regression.Value is not { } regression) return 0;
        var (plane, result) = (new double[p.PixelCount], product is null ? null : new double[p.PixelCount]);
        var energy = 0.0;
        for (var c = 0; c < p.Channels; c++)
        {
            var values = p.Plane(c);
            for (var i = 0; i < plane.Length; i++) plane[i] = values[i];
            energy += regression.EnergyAndProduct(plane, result);
            if (product is null) continue;
            var target = product.Plane(c);
            for (var i = 0; i < plane.Length; i++) target[i] = (float)result![i];
        }
        return energy;
    }

    private LaplacianBand RentBand(int channels) =>
        _idle.TryTake(out var band) && band.Channels == channels ? band : new LaplacianBand(channels, Width);

    private void RequireSize(FloatImage planes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(planes.Width, Width);
        ArgumentOutOfRangeException.ThrowIfNotEqual(planes.Height, Height);
    }
}
