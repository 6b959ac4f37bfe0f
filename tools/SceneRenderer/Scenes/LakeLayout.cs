using System.Numerics;
using PhotoStyle.SceneRenderer.City;
using PhotoStyle.SceneRenderer.Geometry;
using PhotoStyle.SceneRenderer.Noise;
using PhotoStyle.SceneRenderer.Rendering;
using PhotoStyle.SceneRenderer.Terrain;
using PhotoStyle.SceneRenderer.Vegetation;

namespace PhotoStyle.SceneRenderer.Scenes;

/// <summary>A mountain lake in a wooded valley: a massif at its head, a spit of land with spruces and a boathouse, a stony shore in
/// front.</summary>
internal sealed class LakeLayout(uint seed) : SceneLayout(seed)
{
    public override string Name => "lake";

    public override IReadOnlyList<SceneClass> Classes =>
        [SceneClass.Sky, SceneClass.Vegetation, SceneClass.Mountain, SceneClass.Building, SceneClass.Water, SceneClass.Shore];

    public override Vector3 Camera => new(0, 11.5f, 0);

    public override float Horizon => 0.575f;

    public override float FieldOfView => 47;

    public override float WaveSlope => 0.015f;

    public override float CityGlow => 0.12f;

    public override float Height(float x, float z)
    {
        float front = Foreground(x, z);
        if (z < 140 && front > -3) return front;
        float shore = ShoreDistance(x, z);
        float bed = MathF.Max(-40, shore * 0.2f);
        float land = shore <= 0 ? bed : Land(x, z, shore);
        float highest = MathF.Max(land, front);
        return z is > 150 and < 420 && x is > -80 and < 320 ? MathF.Max(highest, Spit(x, z)) : highest;
    }

    public override float Canopy(float x, float z, float height)
    {
        if (x * x + z * z < 3600 * 3600 || height < 3) return 0;
        float density = WoodDensity(x, z, height, 0.1f);
        return density <= 0.2f ? 0 : density * (7 + 8 * Hash.Unit((int)MathF.Floor(x / 10), (int)MathF.Floor(z / 10), Seed + 77));
    }

    public override float WoodDensity(float x, float z, float height, float steepness)
    {
        if (z < 140 && Foreground(x, z) > -0.5f) return 0;
        if (z < 420 && ShoreDistance(x, z) < 0) return 0;
        float line = 960 + 260 * Fractal.Brownian(x / 900, z / 900, 4, Seed + 31);
        float clearing = Fractal.Brownian(x / 560, z / 560, 5, Seed + 37);
        return Curve.SmoothStep(line + 90, line - 160, height) * Curve.SmoothStep(0.46f, 0.26f, steepness)
            * (0.35f + 0.65f * Curve.SmoothStep(-0.42f, -0.12f, clearing)) * Curve.SmoothStep(0.5f, 2.5f, height);
    }

    public override SceneClass TerrainClass(Vector3 place)
    {
        if (place.Z < 140 && Foreground(place.X, place.Z) > -2.9f) return SceneClass.Shore;
        return place.Y > 640 || place.Z > 6200 ? SceneClass.Mountain : SceneClass.Vegetation;
    }

    public override void Populate(Ground ground, List<Instance> instances, List<Tower> towers)
    {
        var planting = new Planting(this, ground, instances);
        planting.Wood(4300, 7.2f, 0.12f);
        PlantSpit(ground, planting);
        PlantForeground(ground, planting);
        var boathouse = new Vector3(86, MathF.Max(0.7f, ground.HeightAt(86, 262)), 262);
        instances.Add(new Instance(HouseBuilder.Build(), boathouse, 0.5f, 9.5f, 8.6f, SceneClass.Building, 0.3f));
    }

    private void PlantSpit(Ground ground, Planting planting)
    {
        for (int i = 0; i < 900; i++)
        {
            uint h = Hash.Of(i, 3, Seed + 401);
            float x = 40 + 150 * Hash.Unit(h), z = 225 + 110 * Hash.Unit(Hash.Mix(h + 1));
            float y = ground.HeightAt(x, z);
            bool nearHouse = (x - 86) * (x - 86) + (z - 262) * (z - 262) < 150;
            if (i < 330 && y > 0.55f && !nearHouse) planting.Conifer(x, z, 9 + 13 * MathF.Sqrt(Hash.Unit(Hash.Mix(h + 2))), h);
            else if (y is > -0.5f and < 0.5f && i < 700) planting.Rock(x, z, 0.4f + 1.1f * MathF.Pow(Hash.Unit(Hash.Mix(h + 3)), 3), h);
            else if (i > 400 && y > 0.4f) planting.Broadleaf(x, z, 1.2f + 1.8f * Hash.Unit(Hash.Mix(h + 4)), h);
        }
    }

    private void PlantForeground(Ground ground, Planting planting)
    {
        for (int i = 0; i < 9000; i++)
        {
            uint h = Hash.Of(i, 5, Seed + 403);
            float x = -30 + 46 * Hash.Unit(h), z = 8 + 55 * Hash.Unit(Hash.Mix(h + 1));
            float y = ground.HeightAt(x, z), pick = Hash.Unit(Hash.Mix(h + 2));
            float patch = Fractal.Brownian(x / 6, z / 6, 3, Seed + 411);
            if (y > 1.1f && pick < 0.75f && patch > -0.15f) planting.Grass(x, z, 0.3f + 0.5f * Hash.Unit(Hash.Mix(h + 3)) * (1 + patch), h);
            else if (y is > -0.7f and < 1.6f && pick > 0.78f) planting.Rock(x, z, 0.12f
                + 0.85f * MathF.Pow(Hash.Unit(Hash.Mix(h + 4)), 5), h);
            else if (y > 0.7f && pick > 0.985f) planting.Rock(x, z, 0.3f + 0.7f * Hash.Unit(Hash.Mix(h + 5)), h);
        }

        (float X, float Z, float Height)[] trees = [(-16.2f, 42, 15.5f), (-19.5f, 46, 20), (-13.6f, 43.5f, 7.5f), (-22, 45, 17),
            (-12.3f, 41.5f, 2.6f), (-17.6f, 39, 3.6f)];
        for (int i = 0; i < trees.Length; i++) planting.Conifer(trees[i].X, trees[i].Z, trees[i].Height, Hash.Of(i, 7, Seed + 405));
    }

    /// <summary>The bank on which the photographer stands: it falls to the water from the left to the right.</summary>
    private float Foreground(float x, float z)
    {
        if (z > 160 || x is > 90 or < -150) return -50;
        float along = (z + 1.15f * x) / 37f + 0.09f * Fractal.Brownian(x / 9, z / 9, 3, Seed + 21);
        float height = 9.6f * (1 - along);
        // A beach of stones: flat where it meets the water.
        height = height > 0 ? height * Curve.Lerp(0.45f, 1, Curve.SmoothStep(0, 4, height)) : height * 0.5f;
        return height + 0.35f * Fractal.Brownian(x / 3.1f, z / 3.1f, 4, Seed + 23)
            + 0.05f * Fractal.Brownian(x / 0.5f, z / 0.5f, 3, Seed + 24);
    }

    private float Spit(float x, float z)
    {
        float dx = (x - 118) / 74, dz = (z - 278) / 27;
        float r = MathF.Sqrt(dx * dx + dz * dz) + 0.22f * Fractal.Brownian(x / 24, z / 24, 4, Seed + 25);
        return 3.4f * (1 - r) + (r > 1 ? -6 * (r - 1) : 0);
    }

    /// <summary>Distance to the lake shore, positive on land; metres, roughly.</summary>
    private float ShoreDistance(float x, float z)
    {
        float middle = 120 * MathF.Sin(z / 1000 + 0.6f) - 60;
        float width = 620 + 120 * MathF.Sin(z / 620 + Seed) - 0.075f * MathF.Max(0, z - 1300);
        width *= Curve.SmoothStep(3900, 2500, z);
        float side = MathF.Abs(x - middle) - width;
        return side + 190 * Fractal.Brownian(x / 520, z / 520, 4, Seed + 27) + 28 * Fractal.Brownian(x / 90, z / 90, 3, Seed + 28);
    }

    private float Land(float x, float z, float shore)
    {
        float warpX = 500 * Fractal.Brownian(x / 2600, z / 2600, 3, Seed + 51),
            warpZ = 500 * Fractal.Brownian(x / 2600 + 9, z / 2600, 3, Seed + 52);
        float ridged = Fractal.Ridged((x + warpX) / 4600, (z + warpZ) / 4600, 8, Seed + 53, 0.46f);
        float hills = 0.5f + 0.5f * Fractal.Brownian(x / 1100, z / 1100, 6, Seed + 54);
        float start = 3 * Curve.SmoothStep(0, 12, shore) + shore * (0.04f + 0.1f * hills);
        float rise = Curve.SmoothStep(60, 2800, shore);
        // The valley goes on behind the lake: the massif at its head stays in view.
        float valley = Curve.SmoothStep(0, 2600, MathF.Abs(x + 250 - 0.06f * z) + 900 * Curve.SmoothStep(5200, 7600, z));
        float walls = rise * valley * (130 + 640 * ridged) * (0.5f + 0.5f * Curve.SmoothStep(800, 4600, z));
        float massif = Massif(x, z, -1250, 9600, 2500) * (560 + 1950 * ridged) + Massif(x, z, 2900, 12400, 2700) * (250 + 1500 * ridged)
            + Massif(x, z, -5200, 11200, 3000) * (300 + 1500 * ridged);
        return MathF.Min(start, 90 + 0.04f * shore) + 130 * hills * rise + walls + massif;
    }

    private static float Massif(float x, float z, float centerX, float centerZ, float radius)
    {
        float dx = (x - centerX) / radius, dz = (z - centerZ) / (radius * 0.85f);
        return MathF.Exp(-1.1f * (dx * dx + dz * dz));
    }
}
