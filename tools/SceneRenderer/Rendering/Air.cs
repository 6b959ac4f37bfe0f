using System.Numerics;
using PhotoStyle.SceneRenderer.Looks;
using PhotoStyle.SceneRenderer.Noise;
using PhotoStyle.SceneRenderer.Sky;

namespace PhotoStyle.SceneRenderer.Rendering;

/// <summary>What the air between a surface and the viewer does: blue distance, haze, and ground fog that thins with height.</summary>
internal sealed class Air
{
    private readonly Look look;
    private readonly SkyDome sky;
    private readonly Vector3 fogSun;
    private readonly Vector3 fogAmbient;
    private readonly uint seed;

    public Air(Look look, SkyDome sky, uint seed)
    {
        (this.look, this.sky, this.seed) = (look, sky, seed);
        fogSun = sky.SunIrradiance(0);
        fogAmbient = sky.Irradiance(Vector3.UnitY) / MathF.PI * 1.1f;
    }

    /// <summary>Radiance that arrives over a distance (metres) along the ray.</summary>
    public Vector3 Through(Vector3 origin, Vector3 direction, float distance, Vector3 radiance, int steps)
    {
        (Vector3 light, Vector3 transmittance) = sky.Air.Scatter(MathF.Max(0, origin.Y) / 1000, direction, distance / 1000, sky.Sun, steps);
        radiance = radiance * transmittance + light * look.SunStrength;
        if (look.FogDensity <= 0) return radiance;
        float clear = MathF.Exp(-FogDepth(origin, direction, distance));
        return Vector3.Lerp(FogLight(direction), radiance, clear);
    }

    /// <summary>The fog in front of the sky.</summary>
    public Vector3 BeforeSky(Vector3 origin, Vector3 direction, Vector3 radiance)
    {
        if (look.FogDensity <= 0) return radiance;
        return Vector3.Lerp(FogLight(direction), radiance, MathF.Exp(-FogDepth(origin, direction, 20_000)));
    }

    private Vector3 FogLight(Vector3 direction)
    {
        float cosine = Vector3.Dot(direction, sky.Sun);
        float phase = 0.3f * PhaseFunctions.HenyeyGreenstein(cosine, 0.7f) + 0.7f / (4 * MathF.PI);
        return fogAmbient + fogSun * phase * 0.75f;
    }

    /// <summary>Optical depth of an exponential layer: its integral along the ray is known in closed form.</summary>
    private float FogDepth(Vector3 origin, Vector3 direction, float distance)
    {
        float slope = direction.Y / look.FogHeight;
        float start = look.FogDensity * MathF.Exp(-MathF.Max(0, origin.Y) / look.FogHeight);
        float length = MathF.Abs(slope) * distance < 1e-3f ? distance : (1 - MathF.Exp(-slope * distance)) / slope;
        // Banks and gaps: the density varies over the place where most of the fog lies.
        Vector3 end = origin + direction * MathF.Min(distance, 1500);
        float banks = Fractal.Brownian(end.X / 420, end.Z / 900 + end.Y / 60, 3, seed + 301)
            + 0.5f * Fractal.Brownian(end.X / 190, end.Y / 40, 3, seed + 303);
        float near = Curve.SmoothStep(0, 260, distance);
        return start * length * MathF.Max(0.15f, 1 + 0.6f * banks * MathF.Exp(-MathF.Max(0, end.Y) / 60)) * Curve.Lerp(0.35f, 1, near);
    }
}
