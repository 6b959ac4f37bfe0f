using System.Numerics;
using System.Runtime.CompilerServices;

namespace PhotoStyle.Matting;

/// <summary>Values of 3×3 windows relative to the window's centre, for as many neighbouring windows as a vector holds.</summary>
/// <remarks>Differences of float32 values are exact in float64 and so are their products: what is computed from them suffers no cancellation,
/// other than raw box sums.</remarks>
internal static unsafe class WindowDifferences
{
    /// <summary>Pixels of a window, |w|.</summary>
    public const int WindowSize = 9;

    /// <summary>Pixels of a window without its centre, whose difference is zero.</summary>
    public const int Count = WindowSize - 1;

    /// <summary>Computes the differences of the eight neighbours from the centre.</summary>
    /// <param name="above">The value above the first window's centre.</param>
    /// <param name="centre">The first window's centre.</param>
    /// <param name="below">The value below it.</param>
    /// <param name="differences">Receives <see cref="Count"/> vectors.</param>
    /// <returns>The mean of the nine differences.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Load(double* above, double* centre, double* below, Vector<double>* differences)
    {
        var c = Vector.Load(centre);
        var d0 = Vector.Load(above - 1) - c;
        var d1 = Vector.Load(above) - c;
        var d2 = Vector.Load(above + 1) - c;
        var d3 = Vector.Load(centre - 1) - c;
        var d4 = Vector.Load(centre + 1) - c;
        var d5 = Vector.Load(below - 1) - c;
        var d6 = Vector.Load(below) - c;
        var d7 = Vector.Load(below + 1) - c;
        differences[0] = d0;
        differences[1] = d1;
        differences[2] = d2;
        differences[3] = d3;
        differences[4] = d4;
        differences[5] = d5;
        differences[6] = d6;
        differences[7] = d7;
        return (((d0 + d1) + (d2 + d3)) + ((d4 + d5) + (d6 + d7))) * (1.0 / WindowSize);
    }
}
