using System.Numerics;
using PhotoStyle.Imaging;

namespace PhotoStyle.Matting;

/// <summary>Three consecutive rows of an image as padded float64, in a ring: loading row y replaces row y − 3.</summary>
internal sealed unsafe class ImageRows(int channels, int width)
{
    private readonly PaddedRows _rows = new(3 * channels, width);

    public int Channels => channels;

    public int Width => width;

    public void Load(FloatImage image, int y)
    {
        for (var channel = 0; channel < channels; channel++) _rows.Load(Index(channel, y), image, channel, y);
    }

    public double* Row(int channel, int y) => _rows[Index(channel, y)];

    /// <summary>Differences of the three colours of the eight neighbours from those of the centre, for the windows centred at row y,
    /// columns x, x + 1, …</summary>
    /// <param name="y">Row of the centres.</param>
    /// <param name="x">Column of the first centre.</param>
    /// <param name="differences">Receives 3×8 vectors, colour by colour.</param>
    /// <returns>The mean of the nine differences, per colour.</returns>
    /// <remarks>Differences of float32 values are exact in float64 and so are their products: what is computed from them suffers no
    /// cancellation, other than raw box sums.</remarks>
    public (Vector<double> Mean0, Vector<double> Mean1, Vector<double> Mean2) ColourDifferences(int y, int x, Vector<double>* differences) => (
        Differences(0, y, x, differences),
        Differences(1, y, x, differences + Neighbours.Count),
        Differences(2, y, x, differences + 2 * Neighbours.Count));

    private Vector<double> Differences(int channel, int y, int x, Vector<double>* differences)
    {
        var above = Row(channel, y - 1) + x;
        var row = Row(channel, y) + x;
        var below = Row(channel, y + 1) + x;
        var centre = Vector.Load(row);
        var d0 = Vector.Load(above - 1) - centre;
        var d1 = Vector.Load(above) - centre;
        var d2 = Vector.Load(above + 1) - centre;
        var d3 = Vector.Load(row - 1) - centre;
        var d4 = Vector.Load(row + 1) - centre;
        var d5 = Vector.Load(below - 1) - centre;
        var d6 = Vector.Load(below) - centre;
        var d7 = Vector.Load(below + 1) - centre;
        (differences[0], differences[1], differences[2], differences[3]) = (d0, d1, d2, d3);
        (differences[4], differences[5], differences[6], differences[7]) = (d4, d5, d6, d7);
        return (((d0 + d1) + (d2 + d3)) + ((d4 + d5) + (d6 + d7))) * (1.0 / Neighbours.WindowSize);
    }

    private int Index(int channel, int y) => y % 3 * channels + channel;
}
