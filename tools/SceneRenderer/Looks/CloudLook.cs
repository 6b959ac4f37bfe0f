namespace PhotoStyle.SceneRenderer.Looks;

/// <summary>The clouds of a look. Heights in metres.</summary>
/// <param name="Coverage">Part of the sky that the low clouds cover, 0 to 1.</param>
/// <param name="Density">Extinction inside a cloud, per metre.</param>
/// <param name="Base">Height of the cloud base.</param>
/// <param name="Thickness">Height of the cloud layer.</param>
/// <param name="Scale">Size of the largest billows, metres.</param>
/// <param name="Cirrus">Opacity of the high ice clouds, 0 to 1.</param>
internal sealed record CloudLook(float Coverage, float Density, float Base, float Thickness, float Scale, float Cirrus);
