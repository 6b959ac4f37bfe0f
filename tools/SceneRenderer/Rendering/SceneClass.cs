namespace PhotoStyle.SceneRenderer.Rendering;

/// <summary>The classes of the masks: the same numbers and colours for every layout and look.</summary>
internal enum SceneClass
{
    Sky,
    Vegetation,
    Mountain,
    Building,
    Water,
    Shore,
}
