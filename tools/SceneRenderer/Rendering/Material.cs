using System.Numerics;

namespace PhotoStyle.SceneRenderer.Rendering;

/// <summary>What the light meets: diffuse reflectance (linear sRGB), the part that shines through leaves, mirror glass, own
/// light.</summary>
internal struct Material
{
    public Vector3 Albedo;
    public Vector3 Normal;
    public float Translucency;
    public float Mirror;
    public Vector3 Emission;
}
