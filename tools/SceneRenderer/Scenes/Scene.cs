using System.Numerics;
using PhotoStyle.SceneRenderer.City;
using PhotoStyle.SceneRenderer.Geometry;
using PhotoStyle.SceneRenderer.Rendering;
using PhotoStyle.SceneRenderer.Terrain;

namespace PhotoStyle.SceneRenderer.Scenes;

/// <summary>The geometry of a layout: the same for all looks.</summary>
internal sealed class Scene
{
    private readonly InstanceSet instances;
    private readonly TowerSet towers;

    public Scene(SceneLayout layout, ParallelOptions parallel)
    {
        Layout = layout;
        Ground = TerrainBuilder.Build(layout, parallel);
        var placed = new List<Instance>();
        var built = new List<Tower>();
        layout.Populate(Ground, placed, built);
        instances = new InstanceSet(placed);
        towers = new TowerSet(built);
    }

    public SceneLayout Layout { get; }

    public Ground Ground { get; }

    /// <summary>The nearest surface, or false for the sky.</summary>
    public bool Intersect(in Ray ray, out Hit hit)
    {
        hit = default;
        float limit = 30_000;
        bool found = false;
        if (ray.Direction.Y < 0 && ray.Origin.Y > 0)
        {
            float toWater = -ray.Origin.Y / ray.Direction.Y;
            if (toWater < limit)
            {
                limit = toWater;
                found = true;
                hit = new Hit { Kind = SurfaceKind.Water, Class = SceneClass.Water, Normal = Vector3.UnitY, Openness = 1 };
            }
        }

        if (Ground.Intersect(ray, ref limit))
        {
            found = true;
            Vector3 p = ray.At(limit);
            hit = new Hit { Kind = SurfaceKind.Terrain, Class = Layout.TerrainClass(p), Normal = Ground.NormalAt(p.X, p.Z), Openness = 1 };
        }

        found |= towers.Intersect(ray, ref limit, ref hit);
        found |= instances.Intersect(ray, ref limit, ref hit);
        if (found)
        {
            hit.Distance = limit;
            hit.Position = ray.At(limit);
        }

        return found;
    }

    public bool Occludes(in Ray ray, float limit) =>
        towers.Occludes(ray, limit) || instances.Occludes(ray, limit) || Ground.Intersect(ray, ref limit);
}
