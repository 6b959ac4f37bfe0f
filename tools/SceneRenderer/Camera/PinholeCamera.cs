using System.Numerics;
using PhotoStyle.SceneRenderer.Geometry;
using PhotoStyle.SceneRenderer.Scenes;

namespace PhotoStyle.SceneRenderer.Camera;

/// <summary>A view camera with a shifted lens: verticals stay vertical wherever the horizon is.</summary>
internal sealed class PinholeCamera
{
    private readonly Vector3 position;
    private readonly float scale, centerX, horizon;

    public PinholeCamera(SceneLayout layout, int width, int height)
    {
        position = layout.Camera;
        float tangent = MathF.Tan(layout.FieldOfView * MathF.PI / 360);
        // Upright formats keep the angle of the longer side.
        scale = 2 * tangent / Math.Max(width, height);
        centerX = width * 0.5f;
        horizon = height * layout.Horizon;
        PixelsPerRadian = 1 / scale;
    }

    public float PixelsPerRadian { get; }

    public Ray At(float x, float y) =>
        new(position, Vector3.Normalize(new Vector3((x - centerX) * scale, (horizon - y) * scale, 1)));
}
