using System.Numerics;

namespace PhotoStyle.SceneRenderer.Rendering;

/// <summary>Linear radiance of a picture, row by row.</summary>
internal sealed record Picture(int Width, int Height, Vector3[] Pixels);
