namespace SixLabors.ImageSharp.Formats;

public interface IImageFormat
{
    string Name { get; }

    internal bool Owns(ReadOnlySpan<byte> head);
}
