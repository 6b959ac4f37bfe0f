using System.Numerics;
using PhotoStyle.SceneRenderer.City;
using PhotoStyle.SceneRenderer.Geometry;
using PhotoStyle.SceneRenderer.Looks;
using PhotoStyle.SceneRenderer.Noise;
using PhotoStyle.SceneRenderer.Rendering;
using PhotoStyle.SceneRenderer.Terrain;
using PhotoStyle.SceneRenderer.Vegetation;

namespace PhotoStyle.SceneRenderer.Scenes;

/// <summary>A town across a bay: towers behind a quay with trees, wooded hills and mountains in the distance, a stony bank in
/// front.</summary>
internal sealed class CityLayout(uint seed) : SceneLayout(seed)
{
    private const float Quay = 470, Street = 3.4f;

    public override string Name => "city";

    public override IReadOnlyList<SceneClass> Classes =>
        [SceneClass.Sky, SceneClass.Vegetation, SceneClass.Mountain, SceneClass.Building, SceneClass.Water, SceneClass.Shore];

    public override Vector3 Camera => new(0, 10.5f, 0);

    public override float Horizon => 0.6f;

    public override float FieldOfView => 50;

    public override float WaveSlope => 0.035f;

    public override float CityGlow => 1;

    public override float Height(float x, float z)
    {
        float front = Foreground(x, z);
        if (z < 120 && front > -3) return front;
        float bank = z - QuayAt(x);
        if (bank < 0) return MathF.Max(front, MathF.Max(-20, bank * 0.6f - 2));
        float flat = Street + 0.004f * bank;
        float behind = Curve.SmoothStep(1500, 4600, z + 350 * Fractal.Brownian(x / 1100, z / 1100, 4, Seed + 61));
        float warp = 350 * Fractal.Brownian(x / 2100, z / 2100, 3, Seed + 62);
        float hills = 0.5f + 0.5f * Fractal.Brownian((x + warp) / 1500, z / 1500, 7, Seed + 63);
        float ridged = Fractal.Ridged((x + warp) / 3600, (z - warp) / 3600, 8, Seed + 64, 0.48f);
        float range = Curve.SmoothStep(4200, 9500, z) * (180 + 1500 * ridged)
            * (0.55f + 0.45f * Curve.SmoothStep(-4500, 3500, x - 0.12f * z));
        return flat + behind * (20 + 330 * hills * hills) + range;
    }

    public override float Canopy(float x, float z, float height)
    {
        if (z < 3600 || height < 30) return 0;
        float density = WoodDensity(x, z, height, 0.1f);
        return density <= 0.2f ? 0 : density * (6 + 7 * Hash.Unit((int)MathF.Floor(x / 10), (int)MathF.Floor(z / 10), Seed + 77));
    }

    public override float WoodDensity(float x, float z, float height, float steepness)
    {
        if (z < 1900) return 0;
        float line = 1000 + 200 * Fractal.Brownian(x / 900, z / 900, 4, Seed + 31);
        return Curve.SmoothStep(line + 90, line - 160, height) * Curve.SmoothStep(0.42f, 0.24f, steepness)
            * Curve.SmoothStep(14, 40, height)
            * (0.25f + 0.75f * Curve.SmoothStep(-0.3f, 0.1f, Fractal.Brownian(x / 420, z / 420, 4, Seed + 37)));
    }

    public override SceneClass TerrainClass(Vector3 place)
    {
        if (place.Z < 140) return SceneClass.Shore;
        return place.Z > 5600 ? SceneClass.Mountain : SceneClass.Vegetation;
    }

    public override void Populate(Ground ground, List<Instance> instances, List<Tower> towers)
    {
        var planting = new Planting(this, ground, instances);
        planting.Wood(4600, 9.5f, 0.35f);
        BuildQuay(towers, instances);
        BuildBlocks(ground, towers);
        PlantPark(planting);
        PlantForeground(ground, planting);
    }

    public override Look Adapt(Look look) => look.Name switch
    {
        // The sun sets behind the hills at the right, and draws its path over the bay.
        "sunset" => look with { SunAzimuth = 15.5f, SunElevation = 6.2f, Haze = 2.2f },
        "day" => look with { SunAzimuth = -112, SunElevation = 38 },
        _ => look,
    };

    private static float QuayAt(float x) => Quay + 0.12f * x;

    private static void BuildQuay(List<Tower> towers, List<Instance> instances)
    {
        float yaw = MathF.Atan(0.12f);
        towers.Add(new Tower(new Vector3(0, -4, Quay + 0.5f), 1400, 3.2f, Street + 4.3f, yaw, FacadeStyle.Quay, 0.3f));
        Mesh lamp = LampBuilder.Build();
        for (int i = -34; i <= 34; i++)
        {
            float x = i * 21;
            instances.Add(new Instance(lamp, new Vector3(x, Street - 0.4f, QuayAt(x) + 5), 0, 6.5f, 6.5f, SceneClass.Building, 0.5f));
        }
    }

    private void BuildBlocks(Ground ground, List<Tower> towers)
    {
        var plan = new CityPlan(towers, Seed + 91);
        for (int row = 0; row < 26; row++)
        {
            for (int column = -34; column <= 34; column++)
            {
                uint h = Hash.Of(column, row, Seed + 95);
                float x = column * 42 + 7 * Hash.Unit(h) + (row & 1) * 11, z = QuayAt(x) + 62 + row * 46 + 6 * Hash.Unit(Hash.Mix(h + 1));
                // A park at the water interrupts the front.
                if (row < 4 && x is > 120 and < 285) continue;
                if (Hash.Unit(Hash.Mix(h + 2)) < 0.13f) continue;
                float core = Bump(x, z, -150, 790, 170, 230) + 0.62f * Bump(x, z, 320, 1050, 120, 240)
                    + 0.3f * Bump(x, z, -480, 1150, 180, 250);
                core *= Curve.SmoothStep(40, 150, z - QuayAt(x)) * 0.75f + 0.25f;
                if (row > 13 && Hash.Unit(Hash.Mix(h + 3)) < 0.35f) continue;
                plan.Block(x, z, ground.HeightAt(x, z), 0.12f, core);
            }
        }
    }

    private void PlantPark(Planting planting)
    {
        for (int i = -90; i <= 90; i++)
        {
            uint h = Hash.Of(i, 11, Seed + 97);
            float x = i * 9.5f + 4 * Hash.Unit(h);
            if (Hash.Unit(Hash.Mix(h + 1)) < 0.18f) continue;
            planting.Broadleaf(x, QuayAt(x) + 13 + 5 * Hash.Unit(Hash.Mix(h + 2)), 8 + 7 * Hash.Unit(Hash.Mix(h + 3)), h);
        }

        for (int i = 0; i < 420; i++)
        {
            uint h = Hash.Of(i, 13, Seed + 99);
            float x = 118 + 170 * Hash.Unit(h), z = QuayAt(x) + 14 + 200 * Hash.Unit(Hash.Mix(h + 1));
            planting.Broadleaf(x, z, 9 + 10 * Hash.Unit(Hash.Mix(h + 2)), h);
        }

        // Trees in the streets soften the foot of the town.
        for (int i = 0; i < 900; i++)
        {
            uint h = Hash.Of(i, 17, Seed + 101);
            float x = -620 + 1240 * Hash.Unit(h), z = QuayAt(x) + 30 + 600 * Hash.Unit(Hash.Mix(h + 1));
            planting.Broadleaf(x, z, 7 + 6 * Hash.Unit(Hash.Mix(h + 2)), h);
        }
    }

    private void PlantForeground(Ground ground, Planting planting)
    {
        for (int i = 0; i < 9000; i++)
        {
            uint h = Hash.Of(i, 5, Seed + 403);
            float x = -16 + 47 * Hash.Unit(h), z = 8 + 50 * Hash.Unit(Hash.Mix(h + 1));
            float y = ground.HeightAt(x, z), pick = Hash.Unit(Hash.Mix(h + 2));
            float patch = Fractal.Brownian(x / 6, z / 6, 3, Seed + 411);
            if (y > 1f && pick < 0.8f && patch > -0.25f) planting.Grass(x, z, 0.3f + 0.5f * Hash.Unit(Hash.Mix(h + 3)) * (1 + patch), h);
            else if (y is > -0.8f and < 1.5f && pick > 0.72f) planting.Rock(x, z, 0.15f + 0.9f * MathF.Pow(Hash.Unit(Hash.Mix(h + 4)), 4),
                h);
        }

        (float X, float Z, float Height)[] bushes = [(19.5f, 37, 2.6f), (21.5f, 39.5f, 3.4f), (19.9f, 45, 12.5f), (17.6f, 36, 1.5f),
            (22.6f, 36, 2.2f), (22.5f, 47, 10)];
        for (int i = 0; i < bushes.Length; i++) planting.Broadleaf(bushes[i].X, bushes[i].Z, bushes[i].Height, Hash.Of(i, 7, Seed + 405));
    }

    /// <summary>The near bank: it falls to the water from the right to the left.</summary>
    private float Foreground(float x, float z)
    {
        if (z > 140 || x is < -90 or > 150) return -50;
        float along = (z - 1.05f * x) / 34f + 0.1f * Fractal.Brownian(x / 9, z / 9, 3, Seed + 21);
        float height = 8.8f * (1 - along);
        height = height > 0 ? height * Curve.Lerp(0.5f, 1, Curve.SmoothStep(0, 4, height)) : height * 0.6f;
        return height + 0.35f * Fractal.Brownian(x / 3.1f, z / 3.1f, 4, Seed + 23)
            + 0.05f * Fractal.Brownian(x / 0.5f, z / 0.5f, 3, Seed + 24);
    }

    private static float Bump(float x, float z, float centerX, float centerZ, float radiusX, float radiusZ)
    {
        float dx = (x - centerX) / radiusX, dz = (z - centerZ) / radiusZ;
        return MathF.Exp(-0.7f * (dx * dx + dz * dz));
    }
}
