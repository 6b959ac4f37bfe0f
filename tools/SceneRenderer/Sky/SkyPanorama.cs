using System.Numerics;

namespace PhotoStyle.SceneRenderer.Sky;

/// <summary>Radiance over azimuth and elevation (radians), computed once, read with bilinear interpolation.</summary>
internal sealed class SkyPanorama
{
    private readonly int width, height;
    private readonly float left, right, bottom, top;
    private readonly Vector4[] pixels;

    public SkyPanorama(
        int width, int height, float left, float right, float bottom, float top, Func<Vector3, Vector4> radiance, ParallelOptions parallel)
    {
        (this.width, this.height, this.left, this.right, this.bottom, this.top) = (width, height, left, right, bottom, top);
        pixels = new Vector4[width * height];
        Parallel.For(0, height, parallel, y =>
        {
            float elevation = bottom + (y + 0.5f) / height * (top - bottom);
            for (int x = 0; x < width; x++)
            {
                float azimuth = left + (x + 0.5f) / width * (right - left);
                pixels[y * width + x] = radiance(new Vector3(
                    MathF.Cos(elevation) * MathF.Sin(azimuth), MathF.Sin(elevation), MathF.Cos(elevation) * MathF.Cos(azimuth)));
            }
        });
    }

    public bool Contains(Vector3 direction)
    {
        float azimuth = MathF.Atan2(direction.X, direction.Z);
        return azimuth > left && azimuth < right && direction.Y < MathF.Sin(top);
    }

    public Vector4 At(Vector3 direction)
    {
        float azimuth = MathF.Atan2(direction.X, direction.Z), elevation = MathF.Asin(Math.Clamp(direction.Y, -1, 1));
        float x = Math.Clamp((azimuth - left) / (right - left) * width - 0.5f, 0, width - 1.001f);
        float y = Math.Clamp((elevation - bottom) / (top - bottom) * height - 0.5f, 0, height - 1.001f);
        int ix = (int)x, iy = (int)y, i = iy * width + ix;
        return Vector4.Lerp(
            Vector4.Lerp(pixels[i], pixels[i + 1], x - ix), Vector4.Lerp(pixels[i + width], pixels[i + width + 1], x - ix), y - iy);
    }
}
