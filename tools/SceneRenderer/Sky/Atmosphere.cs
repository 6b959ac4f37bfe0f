using System.Numerics;
using PhotoStyle.SceneRenderer.Noise;

namespace PhotoStyle.SceneRenderer.Sky;

/// <summary>
/// Rayleigh, Mie and ozone atmosphere: single scattering by numerical integration (Nishita et al. 1993), and all higher orders as
/// one isotropic series (Hillaire, "A Scalable and Production Ready Sky and Atmosphere Rendering Technique", 2020, section 5.5).
/// Lengths in kilometres, coefficients per kilometre for red, green and blue.
/// </summary>
internal sealed class Atmosphere
{
    private const float GroundRadius = 6360, TopRadius = 6460, RayleighScale = 8, MieScale = 1.2f, MieAnisotropy = 0.76f;
    private const int TableHeights = 32, TableAngles = 128, SeriesHeights = 8, SeriesAngles = 48;

    private static readonly Vector3 Rayleigh = new(5.802e-3f, 13.558e-3f, 33.1e-3f);
    private static readonly Vector3 Ozone = new(0.650e-3f, 1.881e-3f, 0.085e-3f);

    private readonly Vector3[] transmittance = new Vector3[TableHeights * TableAngles];
    private readonly Vector3[] series = new Vector3[SeriesHeights * SeriesAngles];
    private readonly float mie;

    /// <param name="haze">Aerosol relative to very clear air: 1 mountain air, 3 a hazy summer day.</param>
    public Atmosphere(float haze)
    {
        mie = 3.996e-3f * haze;
        for (int h = 0; h < TableHeights; h++)
        {
            for (int a = 0; a < TableAngles; a++)
                transmittance[h * TableAngles + a] = IntegrateTransmittance(TableHeight(h), -0.3f + 1.3f * a / (TableAngles - 1));
        }

        for (int h = 0; h < SeriesHeights; h++)
        {
            for (int a = 0; a < SeriesAngles; a++)
                series[h * SeriesAngles + a] = IntegrateSeries(20f * h / (SeriesHeights - 1), -0.3f + 1.3f * a / (SeriesAngles - 1));
        }
    }

    /// <summary>The part of sunlight that arrives at a height (km) when the sun's zenith cosine is <paramref name="cosine"/>.</summary>
    public Vector3 SunTransmittance(float height, float cosine)
    {
        float h = MathF.Sqrt(Math.Clamp(height, 0, 100) / 100) * (TableHeights - 1);
        return Lookup(transmittance, TableAngles, TableHeights, h, cosine);
    }

    /// <summary>Light that the air adds and lets pass between a point and <paramref name="distance"/> km along the direction.</summary>
    public (Vector3 Light, Vector3 Transmittance) Scatter(
        float startHeight, Vector3 direction, float distance, Vector3 sun, int steps)
    {
        float cosine = Vector3.Dot(direction, sun);
        float rayleighPhase = 3 / (16 * MathF.PI) * (1 + cosine * cosine);
        float miePhase = PhaseFunctions.CornetteShanks(cosine, MieAnisotropy);
        Vector3 light = Vector3.Zero, through = Vector3.One;
        float radius = GroundRadius + startHeight, previous = 0;
        for (int i = 0; i < steps; i++)
        {
            // Quadratic steps: the air is densest near the viewer.
            float next = distance * (i + 1) * (i + 1) / (steps * steps);
            float t = (previous + next) * 0.5f, step = next - previous;
            previous = next;
            float r = MathF.Sqrt(radius * radius + t * t + 2 * radius * t * direction.Y);
            float height = MathF.Max(0, r - GroundRadius);
            // The zenith turns along the ray: far away the sun stands elsewhere.
            float sunCosine = (radius * sun.Y + t * cosine) / r;
            (Vector3 rayleigh, float aerosol, Vector3 extinction) = Coefficients(height);
            Vector3 stepThrough = Curve.Exp(-extinction * step);
            Vector3 sunlight = SunTransmittance(height, sunCosine);
            Vector3 source = sunlight * (rayleigh * rayleighPhase + new Vector3(aerosol * miePhase))
                + Series(height, sunCosine) * (rayleigh + new Vector3(aerosol));
            light += through * source * (Vector3.One - stepThrough) / extinction;
            through *= stepThrough;
        }

        return (light, through);
    }

    /// <summary>Distance in km to the top of the air, or to the ground, seen from a height.</summary>
    public static float DistanceToEnd(float height, float directionY)
    {
        float r = GroundRadius + height, b = r * directionY;
        float ground = b * b - r * r + GroundRadius * GroundRadius;
        if (directionY < 0 && ground > 0) return -b - MathF.Sqrt(ground);
        return -b + MathF.Sqrt(b * b - r * r + TopRadius * TopRadius);
    }

    private (Vector3 Rayleigh, float Mie, Vector3 Extinction) Coefficients(float height)
    {
        float mieDensity = MathF.Exp(-height / MieScale) * mie;
        Vector3 rayleigh = Rayleigh * MathF.Exp(-height / RayleighScale);
        float ozone = MathF.Max(0, 1 - MathF.Abs(height - 25) / 15);
        return (rayleigh, mieDensity, rayleigh + new Vector3(mieDensity * 1.11f) + Ozone * ozone);
    }

    private Vector3 Series(float height, float cosine) =>
        Lookup(series, SeriesAngles, SeriesHeights, Math.Clamp(height / 20f, 0, 1) * (SeriesHeights - 1), cosine);

    private static Vector3 Lookup(Vector3[] table, int angles, int heights, float row, float cosine)
    {
        float a = Math.Clamp((cosine + 0.3f) / 1.3f, 0, 0.9999f) * (angles - 1);
        int h0 = Math.Min((int)row, heights - 2), a0 = (int)a;
        float fh = row - h0, fa = a - a0;
        int i = h0 * angles + a0;
        return Vector3.Lerp(Vector3.Lerp(table[i], table[i + 1], fa), Vector3.Lerp(table[i + angles], table[i + angles + 1], fa), fh);
    }

    private static float TableHeight(int row) => 100f * row / (TableHeights - 1) * row / (TableHeights - 1);

    private Vector3 IntegrateTransmittance(float height, float cosine)
    {
        const int steps = 60;
        float r = GroundRadius + height;
        // The disc sets gradually: the last half degree of the horizon fades instead of cutting.
        float horizon = -MathF.Sqrt(MathF.Max(0, 1 - GroundRadius * GroundRadius / (r * r)));
        float visible = Curve.SmoothStep(horizon - 0.006f, horizon + 0.004f, cosine);
        if (visible == 0) return Vector3.Zero;
        float end = -r * cosine + MathF.Sqrt(MathF.Max(0, r * r * (cosine * cosine - 1) + TopRadius * TopRadius));
        Vector3 depth = Vector3.Zero;
        for (int i = 0; i < steps; i++)
        {
            float t0 = end * i * i / (steps * steps), t1 = end * (i + 1) * (i + 1) / (steps * steps), t = (t0 + t1) / 2;
            float h = MathF.Max(0, MathF.Sqrt(r * r + t * t + 2 * r * t * cosine) - GroundRadius);
            depth += Coefficients(h).Extinction * (t1 - t0);
        }

        return visible * Curve.Exp(-depth);
    }

    private Vector3 IntegrateSeries(float height, float sunCosine)
    {
        const int directions = 32, steps = 14;
        Vector3 second = Vector3.Zero, transfer = Vector3.Zero;
        var sun = new Vector3(MathF.Sqrt(MathF.Max(0, 1 - sunCosine * sunCosine)), sunCosine, 0);
        for (int d = 0; d < directions; d++)
        {
            float y = 1 - 2 * (d + 0.5f) / directions, azimuth = d * 2.39996323f, ring = MathF.Sqrt(1 - y * y);
            var direction = new Vector3(ring * MathF.Cos(azimuth), y, ring * MathF.Sin(azimuth));
            float end = DistanceToEnd(height, y), radius = GroundRadius + height;
            Vector3 through = Vector3.One;
            for (int i = 0; i < steps; i++)
            {
                float t0 = end * i * i / (steps * steps), t1 = end * (i + 1) * (i + 1) / (steps * steps), t = (t0 + t1) / 2;
                float r = MathF.Sqrt(radius * radius + t * t + 2 * radius * t * y);
                float h = MathF.Max(0, r - GroundRadius);
                (Vector3 rayleigh, float aerosol, Vector3 extinction) = Coefficients(h);
                Vector3 scattering = rayleigh + new Vector3(aerosol), stepThrough = Curve.Exp(-extinction * (t1 - t0));
                Vector3 share = through * scattering * (Vector3.One - stepThrough) / extinction;
                float cosine = (radius * sunCosine + t * Vector3.Dot(direction, sun)) / r;
                second += share * SunTransmittance(h, cosine) / (4 * MathF.PI);
                transfer += share;
                through *= stepThrough;
            }
        }

        second /= directions;
        transfer /= directions;
        return second / (Vector3.One - Vector3.Min(transfer, new Vector3(0.95f)));
    }
}
