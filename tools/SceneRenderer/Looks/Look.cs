using System.Numerics;

namespace PhotoStyle.SceneRenderer.Looks;

/// <summary>Time of day and weather. A look changes light and materials, never the geometry: masks do not depend on it.</summary>
internal sealed record Look
{
    public required string Name { get; init; }

    /// <summary>Elevation of the sun (of the moon at night), degrees.</summary>
    public required float SunElevation { get; init; }

    /// <summary>Azimuth of the sun relative to the view, degrees, positive to the right.</summary>
    public required float SunAzimuth { get; init; }

    /// <summary>Irradiance of the light outside the air, relative to the sun.</summary>
    public float SunStrength { get; init; } = 1;

    /// <summary>Aerosol of the air, 1 is mountain air.</summary>
    public float Haze { get; init; } = 1;

    /// <summary>Extinction of ground fog at the water, per metre, and the height over which it falls to a third.</summary>
    public float FogDensity { get; init; }

    public float FogHeight { get; init; } = 60;

    /// <summary>0 summer, 1 everything under snow.</summary>
    public float Snow { get; init; }

    /// <summary>Height of the snow line on the mountains in metres.</summary>
    public float SnowLine { get; init; } = 1500;

    /// <summary>Slope of the waves, relative to the layout's.</summary>
    public float Wind { get; init; } = 1;

    /// <summary>Whether lamps and windows are lit, 0 to 1.</summary>
    public float Lamps { get; init; }

    /// <summary>Colour shift of foliage: 0 green, 1 autumn.</summary>
    public float Autumn { get; init; }

    /// <summary>Whether stars and a moon are drawn.</summary>
    public bool Night { get; init; }

    public required CloudLook Clouds { get; init; }

    public required FilmLook Film { get; init; }

    public Vector3 SunDirection
    {
        get
        {
            float e = SunElevation * MathF.PI / 180, a = SunAzimuth * MathF.PI / 180;
            return new Vector3(MathF.Cos(e) * MathF.Sin(a), MathF.Sin(e), MathF.Cos(e) * MathF.Cos(a));
        }
    }
}
