using System.Numerics;
using PhotoStyle.SceneRenderer.Geometry;
using PhotoStyle.SceneRenderer.Noise;
using PhotoStyle.SceneRenderer.Rendering;
using PhotoStyle.SceneRenderer.Scenes;
using PhotoStyle.SceneRenderer.Terrain;

namespace PhotoStyle.SceneRenderer.Vegetation;

/// <summary>Puts plants on the ground where the layout wants them, finely modelled near the camera and simple far away.</summary>
internal sealed class Planting(SceneLayout layout, Ground ground, List<Instance> instances)
{
    private const int Kinds = 5;

    private readonly Mesh[] nearConifers = Prototypes(s => ConiferBuilder.Build(s, 58, 9, 13));
    private readonly Mesh[] middleConifers = Prototypes(s => ConiferBuilder.Build(s, 26, 7, 4));
    private readonly Mesh[] farConifers = Prototypes(s => ConiferBuilder.Build(s, 13, 6, 2));
    private readonly Mesh[] nearBroadleaves = Prototypes(s => BroadleafBuilder.Build(s, 40, 380, 0.018f, 0.16f));
    private readonly Mesh[] farBroadleaves = Prototypes(s => BroadleafBuilder.Build(s, 16, 26, 0.085f, 0.12f));
    private readonly Mesh[] grass = Prototypes(s => GrassBuilder.Build(s, 46));
    private readonly Mesh[] rocks = Prototypes(s => RockBuilder.Build(s, 4));

    /// <summary>A wood over the visible part of the land, as far as single trees can be told apart.</summary>
    public void Wood(float farthest, float spacing, float broadleafShare)
    {
        float halfView = MathF.Tan((layout.FieldOfView * 0.5f + 3) * MathF.PI / 180);
        int rows = (int)(farthest / spacing);
        for (int row = 0; row < rows; row++)
        {
            float z = row * spacing;
            int columns = (int)((halfView * z + 40) / spacing);
            for (int column = -columns; column <= columns; column++)
            {
                uint h = Hash.Of(column, row, layout.Seed + 71);
                float x = (column + 0.9f * Hash.Unit(h)) * spacing, pz = z + 0.9f * spacing * Hash.Unit(Hash.Mix(h + 1));
                float y = ground.HeightAt(x, pz);
                if (y < 0.6f) continue;
                float density = layout.WoodDensity(x, pz, y, 1 - ground.NormalAt(x, pz).Y);
                if (Hash.Unit(Hash.Mix(h + 2)) >= density) continue;
                float size = 0.65f + 0.6f * Hash.Unit(Hash.Mix(h + 3)) * (0.4f + 0.6f * density);
                bool broadleaf = Hash.Unit(Hash.Mix(h + 4)) < broadleafShare
                    * (1 + 1.5f * Fractal.Brownian(x / 160, pz / 160, 2, layout.Seed + 5));
                if (broadleaf) Broadleaf(x, pz, 15 * size, h);
                else Conifer(x, pz, 21 * size, h);
            }
        }
    }

    public void Conifer(float x, float z, float height, uint seed)
    {
        float distance = MathF.Sqrt(x * x + z * z);
        Mesh[] meshes = distance < 160 ? nearConifers : distance < 650 ? middleConifers : farConifers;
        float stretch = 0.9f + 0.25f * Hash.Unit(Hash.Mix(seed + 9));
        Add(meshes, x, z, height * stretch, height, seed, SceneClass.Vegetation);
    }

    public void Broadleaf(float x, float z, float height, uint seed)
    {
        Mesh[] meshes = x * x + z * z < 300 * 300 ? nearBroadleaves : farBroadleaves;
        Add(meshes, x, z, height * (0.95f + 0.3f * Hash.Unit(Hash.Mix(seed + 9))), height, seed, SceneClass.Vegetation);
    }

    public void Grass(float x, float z, float height, uint seed) => Add(grass, x, z, height * 1.15f, height, seed, SceneClass.Vegetation);

    public void Rock(float x, float z, float radius, uint seed)
    {
        float flat = radius * (0.55f + 0.35f * Hash.Unit(Hash.Mix(seed + 9)));
        Add(rocks, x, z, radius, flat, seed, SceneClass.Shore);
    }

    private void Add(Mesh[] meshes, float x, float z, float width, float height, uint seed, SceneClass sceneClass)
    {
        var place = new Vector3(x, ground.HeightAt(x, z), z);
        if (sceneClass == SceneClass.Vegetation && layout.TerrainClass(place) == SceneClass.Mountain) sceneClass = SceneClass.Mountain;
        instances.Add(new Instance(
            meshes[seed % Kinds], place, MathF.Tau * Hash.Unit(Hash.Mix(seed + 7)), width, height, sceneClass,
                Hash.Unit(Hash.Mix(seed + 8))));
    }

    private static Mesh[] Prototypes(Func<uint, Mesh> build) => [.. Enumerable.Range(0, Kinds).Select(i => build((uint)i * 977u + 13u))];
}
