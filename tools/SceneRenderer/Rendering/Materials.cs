using System.Numerics;
using PhotoStyle.SceneRenderer.City;
using PhotoStyle.SceneRenderer.Geometry;
using PhotoStyle.SceneRenderer.Looks;
using PhotoStyle.SceneRenderer.Noise;
using PhotoStyle.SceneRenderer.Scenes;

namespace PhotoStyle.SceneRenderer.Rendering;

/// <summary>Chooses the material of a hit by its kind, place, slope, height and the look.</summary>
internal sealed class Materials(SceneLayout layout, Look look)
{
    private static readonly Vector3 SnowWhite = new(0.82f, 0.86f, 0.9f);

    /// <summary>Radiance of a lit window: what a camera sees beside the light of the sky at that hour.</summary>
    private readonly float lampLevel = look.Night ? 1.05e-3f : 0.03f;

    public Material Of(in Hit hit, float footprint) => hit.Kind switch
    {
        SurfaceKind.Terrain => Terrain(hit, footprint),
        SurfaceKind.Rock => Rock(hit, footprint),
        SurfaceKind.Needles => Foliage(hit, Needles(hit), 0.25f, 0.6f),
        SurfaceKind.Leaves => Foliage(hit, Leaves(hit), 0.45f, 0.35f),
        SurfaceKind.Grass => Foliage(hit, Blades(hit), 0.5f, 0.3f),
        SurfaceKind.Bark => new Material { Albedo = Bark(hit), Normal = hit.Normal },
        SurfaceKind.Flat => Roof(hit),
        SurfaceKind.Facade => FacadePainter.Paint(hit, look, lampLevel, footprint),
        SurfaceKind.Lamp => Lit(hit, 14f, 0),
        SurfaceKind.Window => Lit(hit, 1.1f, 0.5f),
        _ => new Material { Albedo = new Vector3(0.2f), Normal = hit.Normal },
    };

    private Material Terrain(in Hit hit, float footprint)
    {
        Vector3 p = hit.Position;
        uint seed = layout.Seed;
        bool near = hit.Class == SceneClass.Shore;
        Vector3 normal = Bumped(p, hit.Normal, near ? 1.2f : 190, footprint, near ? 0.25f : 0.34f, seed + 201);
        float steep = 1 - Curve.Lerp(hit.Normal.Y, normal.Y, 0.5f);
        float broad = Fractal.Brownian(p.X / 210, p.Z / 210, 4, seed + 203), fine = Fractal.Brownian(p.X / 13, p.Z / 13, 3, seed + 205);
        Vector3 rock = RockColour(p, broad, fine);
        Vector3 meadow = Vector3.Lerp(new Vector3(0.062f, 0.086f, 0.026f), new Vector3(0.15f, 0.125f, 0.058f),
            Curve.Saturate(0.38f + 0.5f * broad + 0.25f * fine + 0.3f * look.Autumn));
        meadow *= 0.85f + 0.3f * fine;
        float wood = near ? 0 : layout.WoodDensity(p.X, p.Z, p.Y, 1 - hit.Normal.Y);
        Vector3 floor = new Vector3(0.026f, 0.04f, 0.016f)
            * (0.8f + 0.5f * Hash.Unit((int)MathF.Floor(p.X / 9), (int)MathF.Floor(p.Z / 9), seed));
        Vector3 soil = Vector3.Lerp(meadow, floor, wood);
        float bare = Curve.SmoothStep(0.2f, 0.4f, steep + 0.07f * fine
            + (near ? -0.2f : 0.12f * Curve.SmoothStep(1000, 1900, p.Y + 250 * broad)));
        Vector3 albedo = Vector3.Lerp(soil, rock, bare);
        if (near)
        {
            Vector3 gravel = new Vector3(0.2f, 0.18f, 0.155f) * (0.7f + 0.55f * Fractal.Brownian(p.X / 0.16f, p.Z / 0.16f, 3, seed + 207));
            albedo = Vector3.Lerp(gravel, albedo, Curve.SmoothStep(0.7f, 1.5f, p.Y + 0.4f * fine));
        }

        float snow = MathF.Max(
            Curve.SmoothStep(look.SnowLine - 120, look.SnowLine + 260, p.Y + 260 * broad + 60 * fine)
                * Curve.SmoothStep(0.44f, 0.26f, steep + 0.08f * fine),
            look.Snow * Curve.SmoothStep(0.5f, 0.3f, steep + 0.12f * fine) * Curve.SmoothStep(0.25f, 0.8f, p.Y + 0.3f * fine)
                * (1 - 0.55f * wood));
        albedo = Vector3.Lerp(albedo, SnowWhite * (0.93f + 0.07f * fine), snow);
        normal = Vector3.Normalize(Vector3.Lerp(normal, hit.Normal, 0.45f * snow));
        if (p.Y < 0.35f) albedo *= Curve.Lerp(0.42f, 1, Curve.SmoothStep(0.02f, 0.35f, p.Y));
        return new Material { Albedo = albedo, Normal = normal };
    }

    private Vector3 RockColour(Vector3 p, float broad, float fine)
    {
        // Strata: bands of height, bent by the folds of the mountain.
        float bands = GradientNoise.At(p.Y / 23 + 2.2f * broad + p.X / 900, p.Z / 1400, layout.Seed + 209);
        float thin = GradientNoise.At(p.Y / 6.5f + 3 * broad, p.X / 400, layout.Seed + 211);
        float tone = 0.8f + 0.22f * bands + 0.1f * thin + 0.22f * fine;
        return Vector3.Lerp(new Vector3(0.165f, 0.155f, 0.148f), new Vector3(0.235f, 0.195f, 0.155f),
            Curve.Saturate(0.45f + 0.6f * broad)) * tone;
    }

    private Material Rock(in Hit hit, float footprint)
    {
        Vector3 p = hit.Position;
        float spots = Fractal.Brownian(p.X / 0.35f + p.Y, p.Z / 0.35f, 4, layout.Seed + 213);
        Vector3 albedo = Vector3.Lerp(new Vector3(0.17f, 0.165f, 0.16f), new Vector3(0.27f, 0.245f, 0.21f), hit.Individual)
            * (0.8f + 0.45f * spots);
        float moss = Curve.SmoothStep(0.05f, 0.35f, spots + 0.5f * hit.Normal.Y - 0.45f) * Curve.SmoothStep(0.5f, 1.2f, p.Y);
        albedo = Vector3.Lerp(albedo, new Vector3(0.07f, 0.08f, 0.028f), 0.7f * moss);
        albedo *= Curve.Lerp(0.4f, 1, Curve.SmoothStep(0.02f, 0.28f, p.Y));
        Vector3 normal = Bumped(p, hit.Normal, 0.5f, footprint, 0.3f, layout.Seed + 215);
        float snow = look.Snow * Curve.SmoothStep(0.35f, 0.75f, hit.Normal.Y + 0.2f * spots) * Curve.SmoothStep(0.15f, 0.4f, p.Y);
        return new Material { Albedo = Vector3.Lerp(albedo, SnowWhite, snow), Normal = normal };
    }

    private Material Foliage(in Hit hit, Vector3 albedo, float translucency, float snowShare)
    {
        float up = Curve.SmoothStep(0.15f, 0.7f, hit.Normal.Y) * hit.Openness;
        float clumps = Hash.Unit((int)MathF.Floor(hit.Position.X * 3), (int)MathF.Floor(hit.Position.Y * 4 + hit.Position.Z * 3), 9);
        float snow = look.Snow * snowShare * Curve.SmoothStep(0.1f, 0.7f, up * 0.8f + 0.35f * clumps);
        albedo = Vector3.Lerp(albedo, SnowWhite, snow);
        return new Material { Albedo = albedo, Normal = hit.Normal, Translucency = translucency * (1 - snow) };
    }

    private Vector3 Needles(in Hit hit)
    {
        Vector3 green = Vector3.Lerp(new Vector3(0.026f, 0.047f, 0.02f), new Vector3(0.048f, 0.066f, 0.024f), hit.Individual);
        // Larches among the spruces turn to gold.
        return hit.Individual > 0.86f ? Vector3.Lerp(green, new Vector3(0.27f, 0.16f, 0.035f), look.Autumn) : green;
    }

    private Vector3 Leaves(in Hit hit)
    {
        Vector3 green = Vector3.Lerp(new Vector3(0.04f, 0.068f, 0.018f), new Vector3(0.082f, 0.105f, 0.028f), hit.Individual);
        Vector3 autumn = Vector3.Lerp(new Vector3(0.26f, 0.09f, 0.025f), new Vector3(0.32f, 0.2f, 0.035f),
            Hash.Unit(Hash.Mix((uint)(hit.Individual * 1e6f))));
        green = Vector3.Lerp(green, autumn, look.Autumn * Curve.SmoothStep(0.35f, 0.8f, hit.Individual));
        // In winter only twigs are left.
        return Vector3.Lerp(green, new Vector3(0.085f, 0.066f, 0.052f), look.Snow);
    }

    private Vector3 Blades(in Hit hit)
    {
        Vector3 green = Vector3.Lerp(new Vector3(0.06f, 0.09f, 0.026f), new Vector3(0.19f, 0.155f, 0.068f),
            hit.Individual * hit.Individual * 0.8f + 0.35f * look.Autumn * hit.Individual);
        return Vector3.Lerp(green, new Vector3(0.27f, 0.21f, 0.13f), look.Snow);
    }

    private static Vector3 Bark(in Hit hit)
    {
        float boards = Hash.Unit((int)MathF.Floor(hit.Position.Y / 0.22f), (int)(hit.Individual * 100), 3);
        return Vector3.Lerp(new Vector3(0.085f, 0.058f, 0.04f), new Vector3(0.15f, 0.105f, 0.07f), 0.5f * hit.Individual + 0.5f * boards);
    }

    private Material Roof(in Hit hit)
    {
        Vector3 tiles = Vector3.Lerp(new Vector3(0.2f, 0.055f, 0.035f), new Vector3(0.16f, 0.08f, 0.06f), hit.Individual);
        Vector3 normal = hit.Normal.Y < 0 ? -hit.Normal : hit.Normal;
        return new Material { Albedo = Vector3.Lerp(tiles, SnowWhite, look.Snow), Normal = normal };
    }

    private Material Lit(in Hit hit, float level, float mirror) => new()
    {
        Albedo = new Vector3(0.06f),
        Normal = hit.Normal,
        Mirror = mirror,
        Emission = new Vector3(1f, 0.66f, 0.32f) * (look.Lamps * lampLevel * level),
    };

    /// <summary>Turns the normal by the gradient of fractal noise, down to the size of a pixel.</summary>
    private static Vector3 Bumped(Vector3 p, Vector3 normal, float wavelength, float footprint, float strength, uint seed)
    {
        int octaves = Math.Clamp((int)MathF.Log2(wavelength / (1.6f * footprint)) + 1, 1, 7);
        float e = MathF.Max(footprint * 0.7f, wavelength * 0.004f), s = 1 / wavelength;
        // A sheared plane instead of a map seen from above: steep faces get detail along their height, too.
        float u = (p.X + 0.45f * p.Y) * s, v = (p.Z + 0.6f * p.Y) * s;
        float here = Fractal.Brownian(u, v, octaves, seed, 0.52f);
        float dx = (Fractal.Brownian(u + e * s, v, octaves, seed, 0.52f) - here) / (e * s),
            dz = (Fractal.Brownian(u, v + e * s, octaves, seed, 0.52f) - here) / (e * s);
        return Vector3.Normalize(normal - new Vector3(dx, 0.25f * (dx + dz), dz) * (strength * 0.4f));
    }
}
