using System.Numerics;
using PhotoStyle.SceneRenderer.Geometry;
using PhotoStyle.SceneRenderer.Looks;
using PhotoStyle.SceneRenderer.Noise;
using PhotoStyle.SceneRenderer.Rendering;

namespace PhotoStyle.SceneRenderer.City;

/// <summary>Walls and windows from facade coordinates: storeys, bays, and which of the rooms are lit.</summary>
internal static class FacadePainter
{
    public static Material Paint(in Hit hit, Look look, float lampLevel, float footprint)
    {
        var style = (FacadeStyle)hit.Style;
        uint id = Hash.Mix((uint)(hit.Individual * 65_536) + 7u);
        float shade = Hash.Unit(Hash.Mix(id + 1)), warmth = Hash.Unit(Hash.Mix(id + 2));
        var material = new Material { Normal = hit.Normal };
        Vector3 wall = WallColour(style, shade, warmth);
        if (hit.Normal.Y > 0.5f)
        {
            float patch = Fractal.Brownian(hit.Position.X / 7, hit.Position.Z / 7, 3, id);
            material.Albedo = Vector3.Lerp(new Vector3(0.17f) * (0.8f + 0.3f * patch), new Vector3(0.82f, 0.86f, 0.9f), look.Snow);
            return material;
        }

        // Rain leaves streaks and the foot of a wall is darker.
        float dirt = 0.9f + 0.14f * GradientNoise.At(hit.Facade.X / 1.7f, hit.Facade.Y / 19, id);
        material.Albedo = wall * dirt;
        if (style is FacadeStyle.Plain or FacadeStyle.Quay) return material;

        (float bay, float storey, float openX, float openY) = Grid(style, shade, warmth);
        float u = hit.Facade.X / bay, v = (hit.Facade.Y - 6) / storey;
        int column = (int)MathF.Floor(u), row = (int)MathF.Floor(v);
        float fu = u - column, fv = v - row;
        bool window = MathF.Abs(fu - 0.5f) < openX * 0.5f && MathF.Abs(fv - 0.52f) < openY * 0.5f && v > 0.2f;
        if (!window)
        {
            // Slabs and piers stand in front of the glass and shade it at their lower edge.
            if (fv > 0.9f) material.Albedo *= 1.08f;
            material.Mirror = style is FacadeStyle.BlueGlass or FacadeStyle.DarkGlass ? 0.25f : 0;
            return material;
        }

        uint room = Hash.Of(column, row, id);
        bool glassWall = style is FacadeStyle.BlueGlass or FacadeStyle.DarkGlass;
        float blind = Hash.Unit(Hash.Mix(room + 1));
        Vector3 inside = Vector3.Lerp(new Vector3(0.02f, 0.022f, 0.025f), new Vector3(0.3f, 0.29f, 0.26f),
            blind > (glassWall ? 0.9f : 0.75f) && fv > 0.35f + 0.3f * warmth ? 0.8f : 0);
        material.Albedo = glassWall ? inside * 0.6f + wall * 0.12f : inside;
        material.Mirror = glassWall ? (style == FacadeStyle.BlueGlass ? 0.62f : 0.4f) : 0.3f;
        // Panes are never quite in one plane: each reflects another piece of the sky.
        float tiltX = (Hash.Unit(Hash.Mix(room + 2)) - 0.5f) * 0.02f, tiltY = (Hash.Unit(Hash.Mix(room + 3)) - 0.5f) * 0.02f;
        var tangent = new Vector3(-hit.Normal.Z, 0, hit.Normal.X);
        material.Normal = Vector3.Normalize(hit.Normal + tangent * tiltX + Vector3.UnitY * tiltY);
        material.Emission = Light(look, lampLevel, id, column, row, glassWall, fv);
        return material;
    }

    private static Vector3 Light(Look look, float lampLevel, uint id, int column, int row, bool office, float fv)
    {
        if (look.Lamps <= 0) return Vector3.Zero;
        // Offices are lit by the storey, homes by the room.
        float storey = Hash.Unit(row, 3, id), room = Hash.Unit(column / (office ? 2 : 1), row, id + 5);
        float share = look.Lamps * (office ? (storey < 0.22f ? 0.7f : 0.1f) : 0.27f) * (0.5f + Hash.Unit(Hash.Mix(id + 9)));
        if (room > share) return Vector3.Zero;
        float tone = Hash.Unit(column, row, id + 11), level = 0.25f + 1.3f * MathF.Pow(Hash.Unit(column, row, id + 13), 2);
        Vector3 warm = new(1f, 0.5f, 0.19f), neutral = new(1f, 0.68f, 0.38f), cool = new(0.95f, 0.9f, 0.74f);
        Vector3 colour = office ? Vector3.Lerp(neutral, cool, tone * tone * 0.7f) : Vector3.Lerp(warm, neutral, tone);
        return colour * (lampLevel * level * (0.7f + 0.5f * fv));
    }

    private static Vector3 WallColour(FacadeStyle style, float shade, float warmth) => style switch
    {
        FacadeStyle.BlueGlass => new Vector3(0.06f, 0.075f, 0.09f) * (0.7f + 0.7f * shade),
        FacadeStyle.DarkGlass => new Vector3(0.035f, 0.034f, 0.034f) * (0.8f + 0.8f * shade),
        FacadeStyle.Concrete => Vector3.Lerp(new Vector3(0.27f, 0.27f, 0.265f), new Vector3(0.42f, 0.39f, 0.34f), warmth)
            * (0.7f + 0.5f * shade),
        FacadeStyle.Stone => Vector3.Lerp(new Vector3(0.4f, 0.37f, 0.32f), new Vector3(0.52f, 0.45f, 0.35f), warmth)
            * (0.65f + 0.45f * shade),
        FacadeStyle.Brick => Vector3.Lerp(new Vector3(0.2f, 0.1f, 0.072f), new Vector3(0.27f, 0.17f, 0.12f), warmth)
            * (0.75f + 0.5f * shade),
        FacadeStyle.Quay => new Vector3(0.2f, 0.19f, 0.175f),
        _ => new Vector3(0.24f, 0.24f, 0.235f) * (0.6f + 0.8f * shade),
    };

    /// <summary>Width of a bay and height of a storey in metres; the part of each that is window.</summary>
    private static (float Bay, float Storey, float OpenX, float OpenY) Grid(FacadeStyle style, float shade, float warmth) => style switch
    {
        FacadeStyle.BlueGlass => (1.6f + 0.6f * shade, 3.9f, 0.93f, 0.8f),
        FacadeStyle.DarkGlass => (2.6f + shade, 3.8f, 0.8f, 0.72f),
        FacadeStyle.Concrete => warmth < 0.5f ? (30, 3.3f, 0.97f, 0.45f) : (3.6f, 3.2f, 0.62f, 0.5f),
        FacadeStyle.Stone => (3.1f + shade, 3.7f, 0.48f, 0.6f),
        _ => (2.7f + 0.8f * shade, 3.3f, 0.42f, 0.52f),
    };
}
