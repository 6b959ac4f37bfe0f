using System.Numerics;
using PhotoStyle.SceneRenderer.Looks;
using PhotoStyle.SceneRenderer.Noise;

namespace PhotoStyle.SceneRenderer.Sky;

/// <summary>
/// The sky as seen from the camera: a fine panorama of what the picture and its reflections show, a coarse one all around for
/// ambient light, and the table of irradiance by surface direction.
/// </summary>
internal sealed class SkyDome
{
    private const int DomeWidth = 128, DomeHeight = 32, IrradianceWidth = 16, IrradianceHeight = 9;

    private readonly Look look;
    private readonly Atmosphere atmosphere;
    private readonly CloudLayer clouds;
    private readonly float cityGlow;
    private readonly SkyPanorama window;
    private readonly SkyPanorama dome;
    private readonly Vector3[] irradiance = new Vector3[IrradianceWidth * IrradianceHeight];

    /// <param name="look">Time of day and weather.</param>
    /// <param name="seed">Chooses the clouds.</param>
    /// <param name="halfAngle">Half the horizontal angle of the fine panorama, radians.</param>
    /// <param name="pixelsPerRadian">Resolution of the fine panorama.</param>
    /// <param name="cityGlow">Light that a town throws into the night sky.</param>
    /// <param name="parallel">How many threads to use.</param>
    public SkyDome(Look look, uint seed, float halfAngle, float pixelsPerRadian, float cityGlow, ParallelOptions parallel)
    {
        (this.look, this.cityGlow) = (look, cityGlow);
        atmosphere = new Atmosphere(look.Haze);
        Sun = look.SunDirection;
        clouds = new CloudLayer(look.Clouds, seed + 29, Sun, parallel);
        Vector3 above = Clear(new Vector3(0.3f, 0.9f, 0.3f)), side = Clear(Vector3.Normalize(new Vector3(0.9f, 0.25f, 0.5f)));
        Vector3 sunAtClouds = look.SunStrength * atmosphere.SunTransmittance(look.Clouds.Base / 1000 + 0.4f, Sun.Y);
        Vector3 ground = SunIrradiance(0) * (Sun.Y * 0.14f / MathF.PI) + 0.3f * side + TownLight * 0.6f;
        CloudLight = new CloudLight(Sun, sunAtClouds, above * 0.75f + side * 0.2f, ground * 0.75f);
        float top = 0.62f;
        int width = (int)(2 * halfAngle * pixelsPerRadian), height = (int)(top * pixelsPerRadian);
        dome = new SkyPanorama(DomeWidth, DomeHeight, -MathF.PI, MathF.PI, 0, MathF.PI / 2, d => Radiance(d, 20, 0.5f), parallel);
        window = new SkyPanorama(width, height, -halfAngle, halfAngle, 0, top, Fine, parallel);
        BuildIrradiance();

        Vector4 Fine(Vector3 d)
        {
            // A fixed dither of the step position turns rings into grain.
            float jitter = Hash.Unit((int)(d.X * 40_000), (int)(d.Y * 40_000), 5);
            return Radiance(d, 88, jitter);
        }
    }

    public Vector3 Sun { get; }

    public Atmosphere Air => atmosphere;

    public CloudLight CloudLight { get; }

    /// <summary>Warm light of a town at night, as radiance.</summary>
    public Vector3 TownLight => cityGlow * look.Lamps * (look.Night ? 1 : 0) * new Vector3(1f, 0.62f, 0.32f) * 1.2e-4f;

    public Vector3 SunIrradiance(float height) => look.SunStrength * atmosphere.SunTransmittance(height / 1000, Sun.Y);

    public float CloudShadow(Vector3 place) => clouds.Shadow(place);

    /// <summary>Radiance of the sky without the discs of sun, moon and stars; W is what the clouds let through.</summary>
    public Vector4 At(Vector3 direction) =>
        window.Contains(direction) ? window.At(direction) : dome.At(direction);

    /// <summary>Irradiance of the sky and the ground on an open surface with this normal.</summary>
    public Vector3 Irradiance(Vector3 normal)
    {
        float a = (MathF.Atan2(normal.X, normal.Z) / MathF.Tau + 0.5f) * IrradianceWidth;
        float e = (Math.Clamp(normal.Y, -1, 1) * 0.5f + 0.5f) * (IrradianceHeight - 1.001f);
        int a0 = (int)a % IrradianceWidth, a1 = (a0 + 1) % IrradianceWidth, e0 = (int)e;
        float fa = a - MathF.Floor(a), fe = e - e0;
        Vector3 low = Vector3.Lerp(irradiance[e0 * IrradianceWidth + a0], irradiance[e0 * IrradianceWidth + a1], fa);
        Vector3 high = Vector3.Lerp(irradiance[(e0 + 1) * IrradianceWidth + a0], irradiance[(e0 + 1) * IrradianceWidth + a1], fa);
        return Vector3.Lerp(low, high, fe);
    }

    private Vector3 Clear(Vector3 direction)
    {
        direction = Vector3.Normalize(direction);
        Vector3 light = look.SunStrength * atmosphere.Scatter(
            0.02f, direction, Atmosphere.DistanceToEnd(0.02f, direction.Y), Sun, 40).Light;
        if (!look.Night) return light;
        // Air glow, the last blue of dusk, and the town's light in the haze near the horizon.
        float up = MathF.Max(0, direction.Y);
        return light + new Vector3(0.5f, 0.8f, 1.5f) * 1.6e-5f * (1 + 1.2f * MathF.Exp(-up * 5))
            + TownLight * (2.2f * MathF.Exp(-up * 10) + 0.15f);
    }

    private Vector4 Radiance(Vector3 direction, int steps, float jitter)
    {
        Vector3 clear = Clear(direction);
        float cosine = Vector3.Dot(direction, Sun);
        float cirrus = clouds.Cirrus(direction);
        if (cirrus > 0)
        {
            float phase = 0.6f * PhaseFunctions.HenyeyGreenstein(cosine, 0.75f) + 0.4f / (4 * MathF.PI);
            Vector3 high = look.SunStrength * atmosphere.SunTransmittance(8.5f, Sun.Y + 0.03f);
            Vector3 ice = high * phase * 1.5f + CloudLight.FromAbove * 0.45f;
            (Vector3 inFront, Vector3 through) = atmosphere.Scatter(0.02f, direction, MathF.Min(80, 8.5f / MathF.Max(0.05f, direction.Y)),
                Sun, 10);
            clear = Vector3.Lerp(clear, inFront * look.SunStrength + through * ice, cirrus);
        }

        CloudSample sample = clouds.March(new Vector3(0, 12, 0), direction, CloudLight, steps, jitter);
        if (sample.Through >= 1) return new Vector4(clear, 1 - 0.5f * cirrus);
        (Vector3 before, Vector3 transmitted) = atmosphere.Scatter(0.02f, direction, sample.Distance / 1000, Sun, 12);
        Vector3 light = clear * sample.Through + before * look.SunStrength * (1 - sample.Through) + transmitted * sample.Light;
        return new Vector4(light, sample.Through * (1 - 0.5f * cirrus));
    }

    private void BuildIrradiance()
    {
        var directions = new List<(Vector3 Direction, Vector3 Light)>();
        Vector3 horizontal = Vector3.Zero;
        for (int y = 0; y < DomeHeight; y++)
        {
            for (int x = 0; x < DomeWidth; x += 4)
            {
                float azimuth = (x + 2f) / DomeWidth * MathF.Tau - MathF.PI, elevation = (y + 0.5f) / DomeHeight * MathF.PI / 2;
                var d = new Vector3(MathF.Cos(elevation) * MathF.Sin(azimuth), MathF.Sin(elevation),
                    MathF.Cos(elevation) * MathF.Cos(azimuth));
                float solid = MathF.Cos(elevation) * (MathF.PI / 2 / DomeHeight) * (MathF.Tau * 4 / DomeWidth);
                Vector4 light = dome.At(d);
                var weighted = new Vector3(light.X, light.Y, light.Z) * solid;
                directions.Add((d, weighted));
                horizontal += weighted * d.Y;
            }
        }

        horizontal += SunIrradiance(0) * Sun.Y;
        float groundAlbedo = 0.12f + 0.55f * look.Snow;
        Vector3 ground = horizontal * groundAlbedo / MathF.PI;
        for (int e = 0; e < IrradianceHeight; e++)
        {
            float y = 2f * e / (IrradianceHeight - 1) - 1, ring = MathF.Sqrt(MathF.Max(0, 1 - y * y));
            for (int a = 0; a < IrradianceWidth; a++)
            {
                float azimuth = ((float)a / IrradianceWidth - 0.5f) * MathF.Tau;
                var normal = new Vector3(ring * MathF.Sin(azimuth), y, ring * MathF.Cos(azimuth));
                Vector3 sum = ground * (MathF.PI * 0.5f * (1 - y));
                foreach ((Vector3 d, Vector3 light) in directions) sum += light * MathF.Max(0, Vector3.Dot(d, normal));
                irradiance[e * IrradianceWidth + a] = sum;
            }
        }
    }
}
