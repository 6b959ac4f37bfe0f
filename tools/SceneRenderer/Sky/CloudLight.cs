using System.Numerics;

namespace PhotoStyle.SceneRenderer.Sky;

/// <summary>The light at the height of the clouds: the sun's irradiance, and the mean radiance of the sky above and the ground
/// below.</summary>
internal readonly record struct CloudLight(Vector3 SunDirection, Vector3 Sun, Vector3 FromAbove, Vector3 FromBelow);
