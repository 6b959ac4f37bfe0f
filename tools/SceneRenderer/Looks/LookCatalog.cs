using System.Numerics;

namespace PhotoStyle.SceneRenderer.Looks;

/// <summary>The looks by name.</summary>
internal static class LookCatalog
{
    public static readonly IReadOnlyList<Look> All =
    [
        new Look
        {
            Name = "day", SunElevation = 38, SunAzimuth = -98, Haze = 0.8f,
            Clouds = new CloudLook(0.42f, 0.04f, 2300, 1100, 5200, 0.25f),
            Film = new FilmLook(0.26f, 1.08f, 1.1f, new Vector3(1.03f, 1, 0.97f), 0.008f, 0.03f),
        },
        new Look
        {
            Name = "sunset", SunElevation = 7f, SunAzimuth = -118, Haze = 1.3f, Lamps = 0.4f, Wind = 0.7f, Autumn = 0.45f,
            Clouds = new CloudLook(0.46f, 0.03f, 2700, 700, 4200, 0.8f),
            Film = new FilmLook(0.2f, 1.16f, 1.2f, new Vector3(1.04f, 1, 1f), 0.01f, 0.06f),
        },
        new Look
        {
            Name = "night", SunElevation = 24, SunAzimuth = 75, SunStrength = 0.0014f, Haze = 1.2f, Lamps = 1, Wind = 0.6f, Night = true,
            Clouds = new CloudLook(0.12f, 0.012f, 2500, 600, 4800, 0.5f),
            Film = new FilmLook(0.056f, 1.12f, 0.9f, new Vector3(0.86f, 0.95f, 1.2f), 0.01f, 0.15f),
        },
        new Look
        {
            Name = "fog", SunElevation = 15, SunAzimuth = 70, Haze = 1.5f, FogDensity = 0.0048f, FogHeight = 42, Wind = 0.35f,
                Autumn = 0.6f,
            Clouds = new CloudLook(0.22f, 0.02f, 2600, 600, 4600, 0.7f),
            Film = new FilmLook(0.42f, 1.3f, 1.1f, new Vector3(1.0f, 1, 0.985f), 0.01f, 0.06f),
        },
        new Look
        {
            Name = "winter", SunElevation = 19, SunAzimuth = -72, Haze = 1f, Snow = 1, SnowLine = -200, Wind = 0.6f,
            Clouds = new CloudLook(0.36f, 0.03f, 2500, 700, 4600, 0.6f),
            Film = new FilmLook(0.34f, 1.08f, 1f, new Vector3(1.03f, 1, 0.99f), 0.008f, 0.04f),
        },
    ];

    public static Look? Find(string name) => All.FirstOrDefault(l => l.Name == name);
}
