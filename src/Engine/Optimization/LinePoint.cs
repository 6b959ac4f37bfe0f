namespace PhotoStyle.Optimization;

/// <summary>The loss along a line, at a multiple of its direction.</summary>
/// <param name="Step">Multiple of the direction.</param>
/// <param name="Loss">The loss there.</param>
/// <param name="Slope">Its derivative with respect to the step.</param>
internal readonly record struct LinePoint(double Step, double Loss, double Slope)
{
    public bool IsFinite => double.IsFinite(Loss) && double.IsFinite(Slope);

    /// <summary>Step of the local minimum of the cubic through two points and their slopes (Nocedal, Wright, <i>Numerical Optimization</i>, 2006,
    /// equation 3.59); NaN where the cubic has none.</summary>
    public static double CubicMinimum(LinePoint a, LinePoint b)
    {
        var mixed = a.Slope + b.Slope - 3 * (a.Loss - b.Loss) / (a.Step - b.Step);
        var root = Math.CopySign(Math.Sqrt(mixed * mixed - a.Slope * b.Slope), b.Step - a.Step);
        return b.Step - (b.Step - a.Step) * (b.Slope + root - mixed) / (b.Slope - a.Slope + 2 * root);
    }
}
