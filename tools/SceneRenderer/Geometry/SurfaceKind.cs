namespace PhotoStyle.SceneRenderer.Geometry;

/// <summary>What a ray has hit; chooses the material.</summary>
internal enum SurfaceKind
{
    Terrain,
    Rock,
    Needles,
    Leaves,
    Grass,
    Bark,
    Facade,
    Flat,
    Water,
    Lamp,
    Window,
}
