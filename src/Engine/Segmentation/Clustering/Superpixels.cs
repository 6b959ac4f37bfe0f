using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation.Clustering;

/// <summary>A photo cut into a few hundred small connected areas of like colour, whose borders follow its edges.</summary>
/// <remarks>
/// Achanta et al., <i>SLIC Superpixels Compared to State-of-the-Art Superpixel Methods</i>, PAMI 2012. Centres keep to the cells of their grid: a pixel asks the
/// nine cells around it, so that it can be asked on its own and the result is the same at any number of threads.
/// </remarks>
internal sealed class Superpixels
{
    private const int Iterations = 6;

    // SLIC's m: a step of so much colour difference counts as one grid step.
    private const float Compactness = 12;

    private Superpixels(int width, int height, int[] indices, int count) => (Width, Height, Indices, Count) = (width, height, indices, count);

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>H·W: the area that a pixel belongs to, 0 … <see cref="Count"/> − 1.</summary>
    public int[] Indices { get; }

    /// <summary>Number of areas, N.</summary>
    public int Count { get; }

    /// <summary>Wraps areas that were found before.</summary>
    public static Superpixels Restore(int width, int height, int[] indices) => new(width, height, indices, indices.Max() + 1);

    /// <summary>Cuts a photo.</summary>
    /// <param name="lab">3×H×W, CIE L*a*b*.</param>
    /// <param name="wanted">About how many areas.</param>
    public static Superpixels Of(FloatImage lab, int wanted)
    {
        double step = Math.Max(2, Math.Sqrt((double)lab.PixelCount / wanted));
        int columns = Math.Max(1, (int)Math.Round(lab.Width / step)), rows = Math.Max(1, (int)Math.Round(lab.Height / step));
        var grid = new CentreGrid(lab, columns, rows, Compactness / (float)step);
        var indices = new int[lab.PixelCount];
        for (int i = 0; i < Iterations; i++)
        {
            grid.Assign(indices);
            grid.Update(indices);
        }

        grid.Assign(indices);
        (int[] connected, int count) = ConnectedAreas.Of(indices, lab.Width, lab.Height, smallest: (int)(step * step / 4));
        return new Superpixels(lab.Width, lab.Height, connected, count);
    }
}
