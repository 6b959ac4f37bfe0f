namespace PhotoStyle.SceneRenderer.Rendering;

/// <summary>The fixed assignment of classes to the nine mask colours of the product.</summary>
internal static class MaskPalette
{
    public static (byte R, byte G, byte B) Of(SceneClass sceneClass) => sceneClass switch
    {
        SceneClass.Sky => (0x00, 0x00, 0xff),
        SceneClass.Vegetation => (0x00, 0xff, 0x00),
        SceneClass.Mountain => (0x80, 0x80, 0x80),
        SceneClass.Building => (0xff, 0x00, 0x00),
        SceneClass.Water => (0x00, 0xff, 0xff),
        SceneClass.Shore => (0xff, 0xff, 0x00),
        _ => throw new ArgumentOutOfRangeException(nameof(sceneClass)),
    };
}
