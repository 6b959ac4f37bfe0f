using System.Numerics;

namespace PhotoStyle.SceneRenderer.Sky;

/// <summary>What a ray finds in the clouds: light towards the viewer, the part let through, the mean distance in metres.</summary>
internal readonly record struct CloudSample(Vector3 Light, float Through, float Distance);
