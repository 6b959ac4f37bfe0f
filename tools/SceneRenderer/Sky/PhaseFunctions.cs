namespace PhotoStyle.SceneRenderer.Sky;

/// <summary>How scattered light is distributed over the angle; each integrates to one over the sphere.</summary>
internal static class PhaseFunctions
{
    public static float HenyeyGreenstein(float cosine, float g) =>
        (1 - g * g) / (4 * MathF.PI * MathF.Pow(MathF.Max(1e-4f, 1 + g * g - 2 * g * cosine), 1.5f));

    /// <summary>Cornette and Shanks (1992), the usual phase of aerosol.</summary>
    public static float CornetteShanks(float cosine, float g) =>
        1.5f * (1 + cosine * cosine) / (2 + g * g) * HenyeyGreenstein(cosine, g);
}
