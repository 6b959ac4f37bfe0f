using System.Numerics;
using PhotoStyle.SceneRenderer.Looks;
using PhotoStyle.SceneRenderer.Noise;

namespace PhotoStyle.SceneRenderer.Sky;

/// <summary>
/// A layer of clouds, marched through from below. Light inside falls off by Beer's law; deeper orders of scattering are octaves
/// of weaker extinction and flatter phase (Wrenninge, Kulla, Lundqvist, "Oz: The Great and Volumetric", SIGGRAPH 2013).
/// </summary>
internal sealed class CloudLayer
{
    private const int MapSide = 512, ShadowSide = 256;
    private const float MapExtent = 90_000, ShadowExtent = 26_000, PlanetRadius = 6_360_000, FarthestCloud = 48_000;

    private readonly CloudLook look;
    private readonly CloudNoise noise = CloudNoise.Block;
    private readonly float shift;
    private readonly uint seed;
    private readonly float[] coverage = new float[MapSide * MapSide];
    private readonly float[] shadow = new float[ShadowSide * ShadowSide];

    public CloudLayer(CloudLook look, uint seed, Vector3 sun, ParallelOptions parallel)
    {
        (this.look, this.seed, shift) = (look, seed, Hash.Unit(Hash.Mix(seed)));
        Parallel.For(0, MapSide, parallel, z =>
        {
            for (int x = 0; x < MapSide; x++)
            {
                float wx = MapExtent / MapSide * x / 11_000, wz = MapExtent / MapSide * z / 11_000;
                coverage[z * MapSide + x] = Curve.Saturate(look.Coverage + 0.55f * Fractal.Brownian(wx, wz, 4, seed + 3));
            }
        });
        Parallel.For(0, ShadowSide, parallel, z =>
        {
            for (int x = 0; x < ShadowSide; x++) shadow[z * ShadowSide + x] = SunThrough(ShadowPlace(x, z), sun);
        });
    }

    /// <summary>The part of direct light that passes the clouds on its way to a place near the ground.</summary>
    public float Shadow(Vector3 p)
    {
        float x = Math.Clamp((p.X / ShadowExtent + 0.5f) * ShadowSide - 0.5f, 0, ShadowSide - 1.01f);
        float z = Math.Clamp((p.Z + 3000) / ShadowExtent * ShadowSide - 0.5f, 0, ShadowSide - 1.01f);
        int ix = (int)x, iz = (int)z, i = iz * ShadowSide + ix;
        return Curve.Lerp(
            Curve.Lerp(shadow[i], shadow[i + 1], x - ix), Curve.Lerp(shadow[i + ShadowSide], shadow[i + ShadowSide + 1], x - ix), z - iz);
    }

    /// <summary>Light from the clouds along a ray, what they let through, and their mean distance in metres.</summary>
    public CloudSample March(Vector3 origin, Vector3 direction, CloudLight light, int steps, float jitter)
    {
        float start = DistanceToHeight(origin.Y, direction.Y, look.Base),
            end = DistanceToHeight(origin.Y, direction.Y, look.Base + look.Thickness);
        end = MathF.Min(end, FarthestCloud);
        if (direction.Y <= 0.002f || start >= end) return new CloudSample(Vector3.Zero, 1, FarthestCloud);
        float step = MathF.Min(end - start, 16_000) / steps, through = 1, weightedDistance = 0, weight = 0;
        float cosine = Vector3.Dot(direction, light.SunDirection);
        Vector3 sum = Vector3.Zero;
        for (int i = 0; i < steps && through > 0.01f; i++)
        {
            float t = start + (i + jitter) * step;
            Vector3 p = origin + direction * t;
            p.Y += t * t / (2 * PlanetRadius);
            float density = Density(p);
            if (density <= 0.001f) continue;
            float extinction = density * look.Density, stepThrough = MathF.Exp(-extinction * step);
            float opacity = through * (1 - stepThrough);
            float height = (p.Y - look.Base) / look.Thickness;
            Vector3 ambient = Vector3.Lerp(light.FromBelow, light.FromAbove, Curve.Saturate(0.25f + 0.75f * height))
                * (0.35f + 0.65f * (1 - density * 0.7f));
            sum += opacity * (light.Sun * Scattered(DepthToSun(p, light.SunDirection), cosine) + ambient);
            weightedDistance += opacity * t;
            weight += opacity;
            through *= stepThrough;
        }

        through = through < 0.01f ? 0 : through;
        // Clouds at the end of the marched distance dissolve in the haze instead of ending in an edge.
        float fade = Curve.SmoothStep(FarthestCloud, FarthestCloud * 0.55f, start);
        return new CloudSample(sum * fade, 1 - (1 - through) * fade, weight > 0 ? weightedDistance / weight : FarthestCloud);
    }

    /// <summary>Opacity of the ice clouds high above, drawn out by the wind.</summary>
    public float Cirrus(Vector3 direction)
    {
        if (look.Cirrus <= 0 || direction.Y < 0.02f) return 0;
        float t = DistanceToHeight(0, direction.Y, 8500);
        float x = direction.X * t / 9000, z = direction.Z * t / 9000;
        float warp = 0.9f * Fractal.Brownian(x * 0.5f, z * 0.5f, 3, seed + 41);
        float fibres = Fractal.Brownian(x * 0.55f + warp, z * 1.9f + warp * 1.3f + 0.35f * x, 6, seed + 43, 0.58f);
        float patches = Curve.SmoothStep(-0.25f, 0.45f, Fractal.Brownian(x * 0.33f, z * 0.33f, 2, seed + 47));
        return look.Cirrus * 0.75f * patches * Curve.SmoothStep(-0.12f, 0.75f, fibres) * Curve.SmoothStep(0.02f, 0.09f, direction.Y);
    }

    private static float Scattered(float depth, float cosine)
    {
        float sum = 0, strength = 1, flatness = 1;
        for (int i = 0; i < 4; i++)
        {
            float phase = 0.75f * PhaseFunctions.HenyeyGreenstein(cosine, 0.8f * flatness)
                + 0.25f * PhaseFunctions.HenyeyGreenstein(cosine, -0.25f * flatness);
            sum += strength * phase * MathF.Exp(-depth * flatness * 0.9f);
            strength *= 0.62f;
            flatness *= 0.42f;
        }

        return sum;
    }

    private float DepthToSun(Vector3 p, Vector3 sun)
    {
        float depth = 0, step = look.Thickness * 0.04f, t = step * 0.5f;
        for (int i = 0; i < 6; i++)
        {
            depth += Density(p + sun * t) * step;
            t += step * 1.3f;
            step *= 1.7f;
        }

        return depth * look.Density;
    }

    private float SunThrough(Vector3 ground, Vector3 sun)
    {
        if (sun.Y < 0.02f) return 1;
        const int steps = 14;
        float depth = 0, step = look.Thickness / steps;
        for (int i = 0; i < steps; i++) depth += Density(ground + sun * ((look.Base + (i + 0.5f) * step) / sun.Y)) * step;
        // Forward scattering keeps even thick clouds from casting black shadows.
        return 0.12f + 0.88f * MathF.Exp(-0.35f * depth * look.Density / MathF.Max(sun.Y, 0.3f));
    }

    private float Density(Vector3 p)
    {
        float height = (p.Y - look.Base) / look.Thickness;
        if (height is <= 0 or >= 1) return 0;
        float cover = CoverageAt(p.X, p.Z);
        if (cover < 0.02f) return 0;
        // Flat bases, round tops: the better the updraught, the higher the cloud grows.
        float profile = Curve.SmoothStep(0, 0.09f, height) * (1 - Curve.SmoothStep(0.15f + 0.5f * cover, 0.35f + 0.65f * cover, height));
        float scale = 1f / look.Scale;
        float shape = noise.At(p.X * scale + shift, p.Y * scale * 1.3f, p.Z * scale) * profile;
        float density = (shape - (0.76f - 0.62f * cover)) * 3f;
        if (density <= 0) return 0;
        float detail = noise.At(p.X * scale * 5.3f + shift, p.Y * scale * 5.3f, p.Z * scale * 5.3f);
        return Curve.Saturate(density - (1 - detail) * 0.8f * (1 - Curve.Saturate(density * 0.55f)));
    }

    private float CoverageAt(float x, float z)
    {
        float u = (x / MapExtent + 0.5f) * MapSide, v = (z / MapExtent + 0.5f) * MapSide;
        u = Math.Clamp(u, 0, MapSide - 1.01f);
        v = Math.Clamp(v, 0, MapSide - 1.01f);
        int iu = (int)u, iv = (int)v, i = iv * MapSide + iu;
        return Curve.Lerp(
            Curve.Lerp(coverage[i], coverage[i + 1], u - iu), Curve.Lerp(coverage[i + MapSide], coverage[i + MapSide + 1], u - iu), v - iv);
    }

    private static Vector3 ShadowPlace(int x, int z) =>
        new(((x + 0.5f) / ShadowSide - 0.5f) * ShadowExtent, 0, (z + 0.5f) / ShadowSide * ShadowExtent - 3000);

    private static float DistanceToHeight(float from, float directionY, float height)
    {
        // On a sphere: clouds come down to the horizon.
        float r = PlanetRadius + from, target = PlanetRadius + height;
        double b = (double)r * directionY;
        return (float)(-b + Math.Sqrt(b * b - (double)r * r + (double)target * target));
    }
}
