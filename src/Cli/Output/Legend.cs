using PhotoStyle.Segmentation;

namespace PhotoStyle.Cli.Output;

/// <summary>What the labels and colours of a mask stand for: the file beside it.</summary>
internal sealed record Legend(string Photo, int Width, int Height, SegmentationMode Mode, IReadOnlyList<LegendEntry> Classes, IReadOnlyList<string> Warnings);
