namespace PhotoStyle.Optimization;

/// <summary>Line search for the strong Wolfe conditions by bracketing and zooming (Nocedal, Wright, <i>Numerical Optimization</i>, 2006,
/// algorithms 3.5 and 3.6), with safeguarded cubic interpolation.</summary>
/// <remarks>A point without finite loss counts as infinitely bad, so the search shrinks away from it.</remarks>
internal static class StrongWolfeSearch
{
    private const double LeastGrowth = 2;
    private const double MostGrowth = 10;

    /// <summary>Trial points keep this part of the interval from its ends, lest it hardly shrinks.</summary>
    private const double Margin = 0.1;

    /// <summary>Searches a line. The result is the point that the line keeps in the end: one that meets the conditions if it can be found
    /// with the evaluations allowed, else one with sufficient decrease, else the origin.</summary>
    /// <param name="line">The line; keeps the origin, with a negative slope.</param>
    /// <param name="step">First step to try, positive.</param>
    /// <param name="options">C1 and C2.</param>
    public static void Search(SearchLine line, double step, LbfgsOptions options)
    {
        var origin = line.Kept;
        while (line.MayEvaluate)
        {
            var previous = line.Kept;
            var point = line.Evaluate(step);
            if (IsTooFar(point, previous, origin, options))
            {
                Zoom(line, point, origin, options);
                return;
            }
            line.Keep();
            if (MeetsCurvature(point, origin, options)) return;
            if (point.Slope >= 0)
            {
                Zoom(line, previous, origin, options);
                return;
            }
            var candidate = LinePoint.CubicMinimum(previous, point);
            // Where the cubic has no minimum ahead, the loss falls ever faster.
            step = candidate > step ? Math.Clamp(candidate, LeastGrowth * step, MostGrowth * step) : MostGrowth * step;
        }
    }

    /// <summary>Narrows the interval between the kept point, whose slope leads into it, and <paramref name="end"/>.</summary>
    private static void Zoom(SearchLine line, LinePoint end, LinePoint origin, LbfgsOptions options)
    {
        while (line.MayEvaluate)
        {
            var best = line.Kept;
            var step = Interpolate(best, end);
            if (step == best.Step || step == end.Step) return;
            var point = line.Evaluate(step);
            if (IsTooFar(point, best, origin, options))
            {
                end = point;
                continue;
            }
            line.Keep();
            if (MeetsCurvature(point, origin, options)) return;
            if (point.Slope * (end.Step - best.Step) >= 0) end = best;
        }
    }

    private static double Interpolate(LinePoint best, LinePoint end)
    {
        var width = end.Step - best.Step;
        // A step into the undefined may be too long by orders of magnitude.
        if (!end.IsFinite) return best.Step + Margin * width;
        var fraction = (LinePoint.CubicMinimum(best, end) - best.Step) / width;
        return best.Step + width * (double.IsFinite(fraction) ? Math.Clamp(fraction, Margin, 1 - Margin) : 0.5);
    }

    private static bool IsTooFar(LinePoint point, LinePoint best, LinePoint origin, LbfgsOptions options) =>
        !point.IsFinite || point.Loss > origin.Loss + options.C1 * point.Step * origin.Slope || point.Loss >= best.Loss;

    private static bool MeetsCurvature(LinePoint point, LinePoint origin, LbfgsOptions options) =>
        Math.Abs(point.Slope) <= -options.C2 * origin.Slope;
}
