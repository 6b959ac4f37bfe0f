using System.Buffers;
using PhotoStyle.Imaging;

namespace PhotoStyle.Losses;

/// <summary>
/// How far the colours of each class are from those of its style: the squared sliced Wasserstein distance of second order in L*a*b*/100, the mean over fixed
/// directions of Σ_i w_i (v_i − q(c_i))², where v_i are the class's colours along the direction in ascending order, w_i their shares of the class, c_i the shares
/// up to the middle of each, and q the style's quantiles; classes weigh by their area.
/// </summary>
/// <remarks>Rabin, Peyré, Delon, Bernot: Wasserstein Barycenter and its Application to Texture Mixing (2011). Gram matrices see means of products of colours, not their distribution.</remarks>
public sealed class ColourDistributionTerm : IImageTerm
{
    // Of a row every so many pixels, and every so many rows, are looked at, so that there are about so many: colours are many, and the grids are smooth.
    private const int LeastStep = 2, Samples = 12_000;

    private const int DirectionCount = 12;
    private const int QuantileCount = 512;

    // Coordinates along a direction lie within ±2; for sorting they are rounded to 1e-6.
    private const float Reach = 2;

    // A mask below this does not make a pixel a member of the class.
    private const float LeastShare = 0.05f;

    private static readonly float[][] Directions = FibonacciDirections();

    private readonly int _width;
    private readonly List<ColourClass> _classes = [];

    /// <summary>Takes the colours of the style.</summary>
    /// <param name="style">The style photo, 3×H×W.</param>
    /// <param name="styleMasks">K×H×W: s_k of the style photo.</param>
    /// <param name="contentMasks">K×H'×W': m_k of the content photo.</param>
    public ColourDistributionTerm(FloatImage style, FloatImage styleMasks, FloatImage contentMasks)
    {
        _width = contentMasks.Width;
        int step = Step(contentMasks), styleStep = Step(styleMasks);
        for (int k = 0; k < contentMasks.Channels; k++)
        {
            List<(int Pixel, float Share)> members = Members(contentMasks, k, step), colours = Members(styleMasks, k, styleStep);
            if (members.Count == 0 || colours.Count == 0) continue;
            double total = members.Sum(m => (double)m.Share);
            float[][] projected = Project(style, [.. colours.Select(m => m.Pixel)]);
            _classes.Add(new ColourClass(
                [.. members.Select(m => m.Pixel)],
                [.. members.Select(m => (float)(m.Share / total))],
                total,
                [.. projected.Select(values => Quantiles(values, [.. colours.Select(m => m.Share)]))]));
        }
        double all = _classes.Sum(c => c.Area);
        foreach (ColourClass one in _classes) one.Area /= all;
    }

    /// <inheritdoc/>
    public string Name => "colour";

    /// <inheritdoc/>
    public double Evaluate(FloatImage output, FloatImage gradient, double weight)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(output.Width, _width);
        double sum = 0;
        foreach (ColourClass one in _classes)
        {
            int count = one.Pixels.Length;
            Bands.Run(count, (_, first, end) =>
            {
                Span<float> rgb = stackalloc float[3];
                for (int i = first; i < end; i++)
                {
                    for (int c = 0; c < 3; c++) rgb[c] = output.Data[c * output.PixelCount + one.Pixels[i]];
                    LabSlopes.Convert(rgb, one.Lab.AsSpan(3 * i, 3), one.Slopes.AsSpan(9 * i, 9));
                }
            });
            // Each direction has its own sums, which are added up in order: the same at any number of threads.
            var values = new double[DirectionCount];
            Parallel.For(0, DirectionCount, d => values[d] = Compare(one, d));
            sum += one.Area * values.Sum() / DirectionCount;

            float scale = (float)(2 * weight * one.Area / DirectionCount);
            Bands.Run(count, (_, first, end) =>
            {
                for (int i = first; i < end; i++)
                {
                    float l = 0, a = 0, b = 0;
                    for (int d = 0; d < DirectionCount; d++)
                    {
                        float e = one.Excess[d][i];
                        l += e * Directions[d][0];
                        a += e * Directions[d][1];
                        b += e * Directions[d][2];
                    }
                    ReadOnlySpan<float> s = one.Slopes.AsSpan(9 * i, 9);
                    for (int c = 0; c < 3; c++) gradient.Data[c * output.PixelCount + one.Pixels[i]] += scale * (l * s[c] + a * s[3 + c] + b * s[6 + c]);
                }
            });
        }
        return sum;
    }

    private static int Step(FloatImage masks) => Math.Max(LeastStep, (int)Math.Round(Math.Sqrt((double)masks.PixelCount / Samples)));

    /// <summary>The squared distance along one direction; notes for each pixel its share times how far it is from where it belongs.</summary>
    private static double Compare(ColourClass one, int direction)
    {
        const int most = (1 << RadixSort.KeyBits) - 1;
        (float l, float a, float b) = (Directions[direction][0], Directions[direction][1], Directions[direction][2]);
        float[] lab = one.Lab, values = one.Excess[direction], quantiles = one.Quantiles[direction];
        int count = values.Length;
        ulong[] room = ArrayPool<ulong>.Shared.Rent(2 * count);
        Span<ulong> order = room.AsSpan(0, count);
        for (int i = 0; i < count; i++)
        {
            values[i] = lab[3 * i] * l + lab[3 * i + 1] * a + lab[3 * i + 2] * b;
            int key = Math.Clamp((int)((values[i] + Reach) * (most / (2 * Reach))), 0, most);
            order[i] = ((ulong)key << 32) | (uint)i;
        }
        RadixSort.AscendingByKey(order, room.AsSpan(count, count));
        double sum = 0, below = 0;
        foreach (ulong pair in order)
        {
            int i = (int)(uint)pair;
            double share = one.Shares[i], difference = values[i] - At(quantiles, below + share / 2);
            below += share;
            sum += share * difference * difference;
            values[i] = (float)(share * difference);
        }
        ArrayPool<ulong>.Shared.Return(room);
        return sum;
    }

    private static List<(int Pixel, float Share)> Members(FloatImage masks, int k, int step)
    {
        var members = new List<(int, float)>();
        for (int y = 0; y < masks.Height; y += step)
        {
            ReadOnlySpan<float> row = masks.Row(k, y);
            for (int x = 0; x < masks.Width; x += step)
            {
                if (row[x] >= LeastShare) members.Add((y * masks.Width + x, row[x]));
            }
        }
        return members;
    }

    private static float[][] Project(FloatImage image, int[] pixels)
    {
        float[][] projected = [.. Directions.Select(_ => new float[pixels.Length])];
        Span<float> rgb = stackalloc float[3], lab = stackalloc float[3], slopes = stackalloc float[9];
        for (int i = 0; i < pixels.Length; i++)
        {
            for (int c = 0; c < 3; c++) rgb[c] = image.Data[c * image.PixelCount + pixels[i]];
            LabSlopes.Convert(rgb, lab, slopes);
            for (int d = 0; d < Directions.Length; d++) projected[d][i] = lab[0] * Directions[d][0] + lab[1] * Directions[d][1] + lab[2] * Directions[d][2];
        }
        return projected;
    }

    /// <summary>The values at the shares (q + ½) / count of weighted ones, linear between the middles of two.</summary>
    private static float[] Quantiles(float[] values, float[] weights)
    {
        int[] order = RadixSort.Order(values);
        double total = weights.Sum(w => (double)w), below = 0, previousMiddle = 0;
        float previous = values[order[0]];
        var quantiles = new float[QuantileCount];
        int q = 0;
        foreach (int i in order)
        {
            double middle = (below + weights[i] / 2.0) / total;
            below += weights[i];
            for (; q < QuantileCount && (q + 0.5) / QuantileCount <= middle; q++)
            {
                double t = middle > previousMiddle ? ((q + 0.5) / QuantileCount - previousMiddle) / (middle - previousMiddle) : 1;
                quantiles[q] = (float)(previous + t * (values[i] - previous));
            }
            (previous, previousMiddle) = (values[i], middle);
        }
        for (; q < QuantileCount; q++) quantiles[q] = previous;
        return quantiles;
    }

    private static double At(float[] quantiles, double share)
    {
        double position = Math.Clamp(share * QuantileCount - 0.5, 0, QuantileCount - 1);
        int at = Math.Min((int)position, QuantileCount - 2);
        return quantiles[at] + (position - at) * (quantiles[at + 1] - quantiles[at]);
    }

    /// <summary>Unit vectors that cover half of the sphere evenly, in a spiral: the other half measures the same.</summary>
    private static float[][] FibonacciDirections()
    {
        double golden = Math.PI * (3 - Math.Sqrt(5));
        return [.. Enumerable.Range(0, DirectionCount).Select(i =>
        {
            double height = (i + 0.5) / DirectionCount, radius = Math.Sqrt(1 - height * height);
            return new[] { (float)height, (float)(radius * Math.Cos(golden * i)), (float)(radius * Math.Sin(golden * i)) };
        })];
    }

    private sealed class ColourClass(int[] pixels, float[] shares, double area, float[][] quantiles)
    {
        public int[] Pixels { get; } = pixels;

        /// <summary>Of the class, in the order of the pixels; together 1.</summary>
        public float[] Shares { get; } = shares;

        /// <summary>Share of the picture.</summary>
        public double Area { get; set; } = area;

        /// <summary>For each direction the style's.</summary>
        public float[][] Quantiles { get; } = quantiles;

        /// <summary>Room for an evaluation: the colours, their slopes, and for each direction what <see cref="Compare"/> notes.</summary>
        public float[] Lab { get; } = new float[3 * pixels.Length];

        public float[] Slopes { get; } = new float[9 * pixels.Length];

        public float[][] Excess { get; } = [.. quantiles.Select(_ => new float[pixels.Length])];
    }
}
