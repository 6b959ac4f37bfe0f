using System.Numerics;
using PhotoStyle.SceneRenderer.Camera;
using PhotoStyle.SceneRenderer.Geometry;
using PhotoStyle.SceneRenderer.Looks;
using PhotoStyle.SceneRenderer.Noise;
using PhotoStyle.SceneRenderer.Scenes;
using PhotoStyle.SceneRenderer.Sky;

namespace PhotoStyle.SceneRenderer.Rendering;

/// <summary>Renders photograph and mask of a scene. Each row is a task of its own: the bytes do not depend on the number of
/// threads.</summary>
internal static class Renderer
{
    /// <summary>Interleaved 8-bit RGB of the finished photograph.</summary>
    public static byte[] Photograph(Scene scene, Look look, int width, int height, int samplesPerSide, ParallelOptions parallel)
    {
        var camera = new PinholeCamera(scene.Layout, width, height);
        look = scene.Layout.Adapt(look);
        float halfAngle = (scene.Layout.FieldOfView * 0.5f + 7) * MathF.PI / 180;
        var sky = new SkyDome(look, scene.Layout.Seed, halfAngle, MathF.Min(camera.PixelsPerRadian, 1400), scene.Layout.CityGlow, parallel);
        var tracer = new Tracer(scene, sky, look, 1 / camera.PixelsPerRadian);
        var pixels = new Vector3[width * height];
        Parallel.For(0, height, parallel, y =>
        {
            for (int x = 0; x < width; x++) pixels[y * width + x] = Pixel(tracer, camera, x, y, samplesPerSide);
        });
        return Film.Develop(new Picture(width, height, pixels), look.Film, parallel);
    }

    /// <summary>Interleaved 8-bit RGB of the class colours; the middle of each pixel decides, without anti-aliasing.</summary>
    public static byte[] Mask(Scene scene, int width, int height, ParallelOptions parallel)
    {
        var camera = new PinholeCamera(scene.Layout, width, height);
        var bytes = new byte[width * height * 3];
        Parallel.For(0, height, parallel, y =>
        {
            for (int x = 0; x < width; x++)
            {
                SceneClass sceneClass = scene.Intersect(camera.At(x + 0.5f, y + 0.5f), out Hit hit) ? hit.Class : SceneClass.Sky;
                int i = (y * width + x) * 3;
                (bytes[i], bytes[i + 1], bytes[i + 2]) = MaskPalette.Of(sceneClass);
            }
        });
        return bytes;
    }

    private static Vector3 Pixel(Tracer tracer, PinholeCamera camera, int x, int y, int side)
    {
        Vector3 sum = Vector3.Zero;
        for (int s = 0; s < side * side; s++)
        {
            var random = new RandomStream(Hash.Of(x, y, (uint)s));
            float u = (s % side + random.Next()) / side, v = (s / side + random.Next()) / side;
            sum += tracer.Trace(camera.At(x + 0.5f + Tent(u), y + 0.5f + Tent(v)), 0, 0, ref random);
        }

        return sum / (side * side);
    }

    /// <summary>A tent over two pixels: the softness of a real lens.</summary>
    private static float Tent(float u) => 0.9f * (u < 0.5f ? MathF.Sqrt(2 * u) - 1 : 1 - MathF.Sqrt(2 - 2 * u));
}
