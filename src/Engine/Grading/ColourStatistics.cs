using PhotoStyle.Imaging;

namespace PhotoStyle.Grading;

/// <summary>Mean and standard deviation of each colour channel over a class.</summary>
internal sealed record ColourStatistics(double[] Mean, double[] Deviation)
{
    /// <summary>Measures a class, each pixel weighted by its mask; null where the class has no pixel.</summary>
    public static ColourStatistics? Of(FloatImage image, ReadOnlySpan<float> mask)
    {
        double area = 0;
        foreach (float m in mask) area += m;
        if (area < 1) return null;
        var mean = new double[3];
        var deviation = new double[3];
        for (int c = 0; c < 3; c++)
        {
            ReadOnlySpan<float> plane = image.Plane(c);
            double sum = 0, squares = 0;
            for (int i = 0; i < plane.Length; i++) sum += mask[i] * (double)plane[i];
            mean[c] = sum / area;
            for (int i = 0; i < plane.Length; i++) squares += mask[i] * Math.Pow(plane[i] - mean[c], 2);
            deviation[c] = Math.Sqrt(squares / area);
        }
        return new ColourStatistics(mean, deviation);
    }

    /// <summary>The transform that gives colours of these statistics those of another class, channel by channel (Reinhard et al. 2001, in RGB).</summary>
    public ColourTransform MatchTo(ColourStatistics target)
    {
        // A flat region must not have its noise blown up, and a busy one not be ironed flat, before the solver has had its say.
        const double leastGain = 0.25, mostGain = 3, flat = 1.0 / 255;
        var coefficients = new float[GridShape.CoefficientCount];
        for (int c = 0; c < 3; c++)
        {
            double gain = Math.Clamp(target.Deviation[c] / Math.Max(Deviation[c], flat), leastGain, mostGain);
            coefficients[c * 4 + c] = (float)gain;
            coefficients[c * 4 + 3] = (float)(target.Mean[c] - gain * Mean[c]);
        }
        return new ColourTransform(coefficients);
    }
}
