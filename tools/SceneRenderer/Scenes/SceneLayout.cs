using System.Numerics;
using PhotoStyle.SceneRenderer.City;
using PhotoStyle.SceneRenderer.Geometry;
using PhotoStyle.SceneRenderer.Looks;
using PhotoStyle.SceneRenderer.Rendering;
using PhotoStyle.SceneRenderer.Terrain;

namespace PhotoStyle.SceneRenderer.Scenes;

/// <summary>The plan of a scene: the shape of the land, what grows and stands on it, where the camera is. The water lies at height
/// 0.</summary>
internal abstract class SceneLayout(uint seed)
{
    public uint Seed { get; } = seed;

    public abstract string Name { get; }

    /// <summary>The classes that the mask of this layout shows.</summary>
    public abstract IReadOnlyList<SceneClass> Classes { get; }

    public abstract Vector3 Camera { get; }

    /// <summary>Where the horizon stands, as part of the picture's height from the top.</summary>
    public abstract float Horizon { get; }

    /// <summary>Horizontal angle of view, degrees.</summary>
    public abstract float FieldOfView { get; }

    /// <summary>Mean slope of the waves in calm weather.</summary>
    public abstract float WaveSlope { get; }

    /// <summary>Light of the town at night, 0 to 1.</summary>
    public abstract float CityGlow { get; }

    /// <summary>Height of the bare land in metres.</summary>
    public abstract float Height(float x, float z);

    /// <summary>Height added by woods too far away for single trees.</summary>
    public abstract float Canopy(float x, float z, float height);

    /// <summary>Part of the ground that trees cover, 0 to 1.</summary>
    public abstract float WoodDensity(float x, float z, float height, float steepness);

    public abstract SceneClass TerrainClass(Vector3 place);

    /// <summary>Lets a layout turn the sun to where its view is at its best.</summary>
    public virtual Look Adapt(Look look) => look;

    public abstract void Populate(Ground ground, List<Instance> instances, List<Tower> towers);
}
