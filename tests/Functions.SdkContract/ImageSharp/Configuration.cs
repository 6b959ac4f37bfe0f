using SixLabors.ImageSharp.Formats;

namespace SixLabors.ImageSharp;

public sealed class Configuration(params IImageFormatConfigurationModule[] configurationModules)
{
    internal IEnumerable<IImageFormat> Formats => configurationModules.Cast<IImageFormat>();
}
