namespace PhotoStyle.SceneRenderer.City;

/// <summary>What the walls of a building are made of.</summary>
internal enum FacadeStyle
{
    BlueGlass,
    DarkGlass,
    Concrete,
    Stone,
    Brick,
    Plain,
    Quay,
}
