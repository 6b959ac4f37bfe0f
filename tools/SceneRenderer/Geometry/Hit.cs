using System.Numerics;
using PhotoStyle.SceneRenderer.Rendering;

namespace PhotoStyle.SceneRenderer.Geometry;

/// <summary>The nearest surface on a ray.</summary>
internal struct Hit
{
    public float Distance;
    public Vector3 Position;

    /// <summary>The shading normal; for foliage that of the crown, not of the single leaf.</summary>
    public Vector3 Normal;

    public SurfaceKind Kind;
    public SceneClass Class;

    /// <summary>How open the place is to the sky by its construction, 0 to 1 (the inside of a crown is dark).</summary>
    public float Openness;

    /// <summary>A number in [0, 1) that distinguishes individuals: trees, buildings.</summary>
    public float Individual;

    /// <summary>Facade coordinates in metres; for other surfaces unused.</summary>
    public Vector2 Facade;

    public int Style;
}
