using PhotoStyle.Segmentation;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>Asks for one photo at working size with its regions.</summary>
/// <param name="Photo">The photo.</param>
/// <param name="Mask">Its mask, or null.</param>
/// <param name="Mode">Where regions come from.</param>
/// <param name="Size">Long side at working size.</param>
/// <param name="Network">The network of <see cref="SegmentationMode.Onnx"/>, one of <see cref="Jobs.JobOptions.Networks"/>; null with other modes.</param>
public sealed record SegmentRequest(JobInput Photo, JobInput? Mask, SegmentationMode Mode, int Size, string? Network);
