using System.Numerics;

namespace PhotoStyle.SceneRenderer.Noise;

/// <summary>Small curves that every part uses.</summary>
internal static class Curve
{
    public static float Saturate(float x) => Math.Clamp(x, 0f, 1f);

    public static float SmoothStep(float low, float high, float x)
    {
        float t = Saturate((x - low) / (high - low));
        return t * t * (3 - 2 * t);
    }

    public static float Lerp(float a, float b, float t) => a + (b - a) * t;

    public static Vector3 Exp(Vector3 v) => new(MathF.Exp(v.X), MathF.Exp(v.Y), MathF.Exp(v.Z));

    /// <summary>Luminance of linear sRGB (Rec. 709 weights).</summary>
    public static float Luminance(Vector3 c) => 0.2126f * c.X + 0.7152f * c.Y + 0.0722f * c.Z;
}
