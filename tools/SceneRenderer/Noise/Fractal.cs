namespace PhotoStyle.SceneRenderer.Noise;

/// <summary>Sums of gradient noise over octaves (Musgrave, in Ebert et al., "Texturing and Modeling", 3rd ed., ch. 16).</summary>
internal static class Fractal
{
    // Each octave is turned, so that the lattices do not line up in visible rows.
    private const float Cos = 0.8f, Sin = 0.6f;

    /// <summary>Fractional Brownian motion; range about [-1, 1].</summary>
    public static float Brownian(float x, float y, int octaves, uint seed, float gain = 0.5f)
    {
        float sum = 0, amplitude = 1, total = 0;
        for (int i = 0; i < octaves; i++)
        {
            sum += amplitude * GradientNoise.At(x, y, seed + (uint)i * 101u);
            total += amplitude;
            amplitude *= gain;
            (x, y) = (2.03f * (Cos * x - Sin * y), 2.03f * (Sin * x + Cos * y));
        }

        return sum / total;
    }

    /// <summary>Ridged multifractal: sharp crests, whose detail is concentrated on the crests themselves; range about [0, 1].</summary>
    public static float Ridged(float x, float y, int octaves, uint seed, float gain = 0.5f)
    {
        float sum = 0, amplitude = 1, weight = 1, total = 0;
        for (int i = 0; i < octaves; i++)
        {
            float ridge = 1 - MathF.Abs(GradientNoise.At(x, y, seed + (uint)i * 131u));
            ridge *= ridge * weight;
            weight = Math.Clamp(ridge * 2f, 0, 1);
            sum += amplitude * ridge;
            total += amplitude;
            amplitude *= gain;
            (x, y) = (2.07f * (Cos * x - Sin * y), 2.07f * (Sin * x + Cos * y));
        }

        return sum / total;
    }
}
