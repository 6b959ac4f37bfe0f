using System.Numerics;

namespace PhotoStyle.SceneRenderer.Looks;

/// <summary>The looks by name.</summary>
internal static class LookCatalog
{
    public static readonly IReadOnlyList<Look> All =
    [
        new Look
        {
            Name = "day", SunElevation = 42, SunAzimuth = -75, Haze = 1.2f,
            Clouds = new CloudLook(0.42f, 0.04f, 2300, 1100, 5200, 0.25f),
            Film = new FilmLook(0.2f, 1.05f, 1.08f, new Vector3(1.03f, 1, 0.97f), 0.008f, 0.03f),
        },
        new Look
        {
            Name = "sunset", SunElevation = 5.5f, SunAzimuth = -48, Haze = 1.8f, Lamps = 0.35f, Wind = 0.7f, Autumn = 0.25f,
            Clouds = new CloudLook(0.5f, 0.03f, 2700, 700, 4200, 0.8f),
            Film = new FilmLook(0.15f, 1.1f, 1.15f, new Vector3(1.04f, 1, 0.98f), 0.01f, 0.07f),
        },
        new Look
        {
            Name = "night", SunElevation = 24, SunAzimuth = 55, SunStrength = 0.0025f, Haze = 1.2f, Lamps = 1, Wind = 0.6f, Night = true,
            Clouds = new CloudLook(0.3f, 0.03f, 2500, 700, 4800, 0.2f),
            Film = new FilmLook(0.055f, 1.1f, 0.85f, new Vector3(0.78f, 0.95f, 1.3f), 0.014f, 0.1f),
        },
        new Look
        {
            Name = "fog", SunElevation = 16, SunAzimuth = 62, Haze = 3.5f, FogDensity = 0.0032f, FogHeight = 75, Wind = 0.35f, Autumn = 0.5f,
            Clouds = new CloudLook(0.3f, 0.02f, 2600, 600, 4600, 0.6f),
            Film = new FilmLook(0.27f, 1f, 0.9f, new Vector3(1.03f, 1, 0.97f), 0.01f, 0.06f),
        },
        new Look
        {
            Name = "winter", SunElevation = 20, SunAzimuth = -68, Haze = 1.1f, Snow = 1, SnowLine = -200, Wind = 0.6f,
            Clouds = new CloudLook(0.45f, 0.03f, 2500, 700, 4600, 0.5f),
            Film = new FilmLook(0.26f, 1.05f, 0.95f, new Vector3(1.02f, 1, 1f), 0.008f, 0.04f),
        },
    ];

    public static Look? Find(string name) => All.FirstOrDefault(l => l.Name == name);
}
