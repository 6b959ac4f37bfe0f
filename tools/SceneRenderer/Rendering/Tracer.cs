using System.Numerics;
using PhotoStyle.SceneRenderer.Geometry;
using PhotoStyle.SceneRenderer.Looks;
using PhotoStyle.SceneRenderer.Noise;
using PhotoStyle.SceneRenderer.Scenes;
using PhotoStyle.SceneRenderer.Sky;
using PhotoStyle.SceneRenderer.Water;

namespace PhotoStyle.SceneRenderer.Rendering;

/// <summary>Follows a ray: direct light with a shadow ray, the sky's light with one occlusion ray, mirrors and water recursively.</summary>
internal sealed class Tracer(Scene scene, SkyDome sky, Look look, float pixelAngle)
{
    private const float SunRadius = 0.00465f;

    private readonly Materials materials = new(scene.Layout, look);
    private readonly Air air = new(look, sky, scene.Layout.Seed);
    private readonly Vector3 bounce = sky.Irradiance(Vector3.UnitY) / MathF.PI;
    private readonly float brightest = 2.5f * MathF.Max(look.SunStrength, 0.012f);

    /// <summary>Radiance along the ray.</summary>
    public Vector3 Trace(in Ray ray, float travelled, int depth, ref RandomStream random)
    {
        if (!scene.Intersect(ray, out Hit hit)) return Sky(ray, depth);
        float distance = travelled + hit.Distance;
        Vector3 radiance = hit.Kind == SurfaceKind.Water
            ? Water(ray, hit, distance, depth, ref random)
            : Surface(ray, hit, distance, depth, ref random);
        return air.Through(ray.Origin, ray.Direction, hit.Distance, radiance, depth == 0 ? 8 : 4);
    }

    private Vector3 Sky(in Ray ray, int depth)
    {
        Vector3 d = ray.Direction;
        if (d.Y < 0) d = Vector3.Normalize(new Vector3(d.X, 0.001f, d.Z));
        Vector4 sample = sky.At(d);
        var radiance = new Vector3(sample.X, sample.Y, sample.Z);
        float angle = MathF.Acos(Math.Clamp(Vector3.Dot(d, sky.Sun), -1, 1));
        float disc = look.Night ? 1.7f * SunRadius : SunRadius;
        if (angle < disc * 1.3f)
        {
            float edge = Curve.SmoothStep(disc * 1.06f, disc * 0.94f, angle);
            Vector3 face = look.Night
                ? new Vector3(0.95f, 0.97f, 1f) * (4.5e-3f * (0.75f + 0.4f * Fractal.Brownian(d.X * 260, d.Y * 260, 3, 5)))
                : sky.SunIrradiance(0) * 60;
            radiance += face * edge * sample.W;
        }

        if (look.Night && depth == 0 && sample.W > 0.02f)
            radiance += NightSky.Stars(d, scene.Layout.Seed)
                * (sample.W * sample.W * 2.6e-4f * (1 - 0.8f * scene.Layout.CityGlow) * Curve.SmoothStep(0.02f, 0.22f, d.Y));
        return Vector3.Min(air.BeforeSky(ray.Origin, ray.Direction, radiance), new Vector3(brightest));
    }

    private Vector3 Surface(in Ray ray, in Hit hit, float distance, int depth, ref RandomStream random)
    {
        Material material = materials.Of(hit, distance * pixelAngle);
        Vector3 normal = material.Normal;
        if (hit.Kind is not (SurfaceKind.Needles or SurfaceKind.Leaves or SurfaceKind.Grass) && Vector3.Dot(hit.Normal, ray.Direction) > 0
            && hit.Kind != SurfaceKind.Terrain)
            normal = -normal;
        Vector3 radiance = material.Albedo / MathF.PI
            * (Direct(hit, normal, material.Translucency, distance, ref random) + Ambient(hit, normal, distance, depth, ref random));
        radiance += material.Emission + material.Albedo * TownGlow(hit.Position);
        if (material.Mirror > 0)
        {
            float cosine = MathF.Abs(Vector3.Dot(normal, ray.Direction));
            float reflectance = material.Mirror * (0.25f + 0.75f * MathF.Pow(1 - cosine, 3));
            radiance = radiance * (1 - reflectance) + reflectance * Mirrored(ray, hit, normal, distance, depth, ref random);
        }

        return radiance;
    }

    private Vector3 Direct(in Hit hit, Vector3 normal, float translucency, float distance, ref RandomStream random)
    {
        float facing = Vector3.Dot(normal, sky.Sun);
        float weight = facing > 0 ? facing : translucency * -facing * 0.6f;
        if (translucency > 0) weight = MathF.Max(weight, 0.25f * translucency + 0.12f * facing);
        if (weight <= 0.001f) return Vector3.Zero;
        float cloud = sky.CloudShadow(hit.Position);
        if (cloud < 0.01f) return Vector3.Zero;
        Vector3 toSun = Jitter(sky.Sun, SunRadius * 1.4f, ref random);
        var shadow = new Ray(hit.Position + normal * Offset(distance) + toSun * 0.02f, toSun);
        if (scene.Occludes(shadow, 14_000)) return Vector3.Zero;
        return sky.SunIrradiance(hit.Position.Y) * (weight * cloud);
    }

    private Vector3 Ambient(in Hit hit, Vector3 normal, float distance, int depth, ref RandomStream random)
    {
        Vector3 irradiance = sky.Irradiance(normal) * hit.Openness;
        if (depth > 0) return irradiance * 0.75f;
        Vector3 direction = CosineDirection(normal, ref random);
        var probe = new Ray(hit.Position + normal * Offset(distance) + direction * 0.02f, direction);
        // What hides the sky is itself lit a little.
        return scene.Occludes(probe, 6 + distance * 0.09f) ? irradiance * 0.18f : irradiance;
    }

    private Vector3 Mirrored(in Ray ray, in Hit hit, Vector3 normal, float distance, int depth, ref RandomStream random)
    {
        Vector3 direction = Vector3.Normalize(Vector3.Reflect(ray.Direction, normal));
        if (depth >= 2 || (depth == 1 && direction.Y < 0)) return sky.Irradiance(direction) / MathF.PI;
        return Trace(new Ray(hit.Position + hit.Normal * Offset(distance), direction), distance, depth + 1, ref random);
    }

    private Vector3 Water(in Ray ray, in Hit hit, float distance, int depth, ref RandomStream random)
    {
        float grazing = -ray.Direction.Y, slope = scene.Layout.WaveSlope * look.Wind;
        // Reflections are the noisiest part of a picture: two facets for each sample that the viewer sees directly.
        int facets = depth == 0 ? 2 : 1;
        Vector3 sum = Vector3.Zero;
        for (int i = 0; i < facets; i++)
        {
            Vector3 normal = WaterSurface.Normal(hit.Position, distance, grazing, slope, scene.Layout.Seed + 501, ref random);
            sum += Facet(ray, hit, normal, distance, depth, slope, ref random);
        }

        return sum / facets;
    }

    private Vector3 Facet(in Ray ray, in Hit hit, Vector3 normal, float distance, int depth, float slope, ref RandomStream random)
    {
        float cosine = Vector3.Dot(-ray.Direction, normal);
        if (cosine < 0.02f)
        {
            // A wave that faces away is hidden by the one in front of it.
            normal = Vector3.Normalize(normal - ray.Direction * (0.04f - cosine));
            cosine = 0.04f;
        }

        float fresnel = WaterSurface.Fresnel(cosine);
        Vector3 direction = Vector3.Reflect(ray.Direction, normal);
        if (direction.Y < 0.004f) direction.Y = 0.004f + 0.3f * -direction.Y;
        direction = Vector3.Normalize(direction);
        Vector3 reflected = depth >= 2
            ? bounce
            : Trace(new Ray(hit.Position + new Vector3(0, 0.01f, 0), direction), distance, depth + 1, ref random);
        reflected = Vector3.Min(reflected, new Vector3(brightest * 0.12f));
        return Vector3.Lerp(Below(ray, hit, ref random), reflected, fresnel) + Glitter(hit, direction, fresnel, slope, ref random);
    }

    /// <summary>Light out of the water: the bed where it is shallow, scattered blue-green where it is deep.</summary>
    private Vector3 Below(in Ray ray, in Hit hit, ref RandomStream random)
    {
        Vector3 sunlight = sky.SunIrradiance(0) * (MathF.Max(0, sky.Sun.Y) * sky.CloudShadow(hit.Position));
        Vector3 down = sky.Irradiance(Vector3.UnitY) + sunlight;
        Vector3 deep = down / MathF.PI * new Vector3(0.007f, 0.022f, 0.025f);
        float depth = -scene.Ground.HeightAt(hit.Position.X, hit.Position.Z);
        if (depth > 6 || depth < 0) return deep;
        Vector3 refracted = Vector3.Normalize(new Vector3(ray.Direction.X * 0.75f,
            -MathF.Sqrt(1 - 0.5625f * (1 - ray.Direction.Y * ray.Direction.Y)), ray.Direction.Z * 0.75f));
        Vector3 bed = hit.Position + refracted * (depth / -refracted.Y);
        float stones = Fractal.Brownian(bed.X / 0.5f, bed.Z / 0.5f, 4, scene.Layout.Seed + 503);
        Vector3 albedo = new Vector3(0.16f, 0.14f, 0.105f) * (0.75f + 0.6f * stones);
        float path = depth * (1 + 1 / -refracted.Y);
        Vector3 through = Curve.Exp(new Vector3(-0.55f, -0.24f, -0.3f) * path);
        return deep * (Vector3.One - through) + down / MathF.PI * albedo * through * (0.85f + 0.15f * random.Next());
    }

    /// <summary>The sun's path on the water, from the waves that no single sample resolves.</summary>
    private Vector3 Glitter(in Hit hit, Vector3 direction, float fresnel, float slope, ref RandomStream random)
    {
        float angle = MathF.Acos(Math.Clamp(Vector3.Dot(direction, sky.Sun), -1, 1));
        float width = 0.02f + 0.5f * slope;
        if (angle > 4 * width) return Vector3.Zero;
        Vector3 toSun = Jitter(sky.Sun, SunRadius * 2, ref random);
        if (toSun.Y <= 0 || scene.Occludes(new Ray(hit.Position + new Vector3(0, 0.02f, 0), toSun), 14_000)) return Vector3.Zero;
        float lobe = MathF.Exp(-angle * angle / (width * width)) / (MathF.PI * width * width);
        return Vector3.Min(sky.SunIrradiance(0) * (lobe * fresnel * sky.At(sky.Sun).W), new Vector3(brightest));
    }

    /// <summary>Street light: warm, strongest near the ground of the town.</summary>
    private Vector3 TownGlow(Vector3 p)
    {
        if (look.Lamps <= 0 || scene.Layout.CityGlow < 0.5f || p.Z < 440 || p.Z > 2400) return Vector3.Zero;
        float strength = (look.Night ? 1.6e-3f : 0.01f) * look.Lamps * (MathF.Exp(-p.Y / 9) + 0.22f * MathF.Exp(-p.Y / 45));
        return new Vector3(1f, 0.6f, 0.28f) * strength;
    }

    private static float Offset(float distance) => 0.003f + distance * 2.5e-4f;

    private static Vector3 Jitter(Vector3 direction, float radius, ref RandomStream random)
    {
        float r = radius * MathF.Sqrt(random.Next()), a = MathF.Tau * random.Next();
        (Vector3 u, Vector3 v) = Frame(direction);
        return Vector3.Normalize(direction + u * (r * MathF.Cos(a)) + v * (r * MathF.Sin(a)));
    }

    private static Vector3 CosineDirection(Vector3 normal, ref RandomStream random)
    {
        float r2 = random.Next(), r = MathF.Sqrt(r2), a = MathF.Tau * random.Next();
        (Vector3 u, Vector3 v) = Frame(normal);
        return Vector3.Normalize(u * (r * MathF.Cos(a)) + v * (r * MathF.Sin(a)) + normal * MathF.Sqrt(1 - r2));
    }

    private static (Vector3 U, Vector3 V) Frame(Vector3 n)
    {
        Vector3 u = Vector3.Normalize(Vector3.Cross(MathF.Abs(n.Y) < 0.9f ? Vector3.UnitY : Vector3.UnitX, n));
        return (u, Vector3.Cross(n, u));
    }
}
