namespace SixLabors.ImageSharp.Formats;

public interface IImageFormatConfigurationModule;
