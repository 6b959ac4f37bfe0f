using PhotoStyle.Segmentation;

namespace PhotoStyle.Cli.Output;

/// <summary>What the labels and colours of a mask stand for: the file beside it.</summary>
/// <param name="Photo">The photo's file name.</param>
/// <param name="Width">Its columns.</param>
/// <param name="Height">Its rows.</param>
/// <param name="Mode">How the classes were found.</param>
/// <param name="Network">The network that named them; null where none did.</param>
/// <param name="Classes">The classes.</param>
/// <param name="Warnings">Sentences on classes that have no sensible partner in the style.</param>
internal sealed record Legend(string Photo, int Width, int Height, SegmentationMode Mode, string? Network, IReadOnlyList<LegendEntry> Classes, IReadOnlyList<string> Warnings);
