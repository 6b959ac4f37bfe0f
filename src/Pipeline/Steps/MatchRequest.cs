using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>Asks for the classes of two photos: whatever is decided from both together is decided here.</summary>
/// <param name="Content">From <see cref="SegmentRequest"/>.</param>
/// <param name="Style">From <see cref="SegmentRequest"/>.</param>
/// <param name="Mode">Where regions come from.</param>
/// <param name="Orphans">What becomes of labels that the style lacks.</param>
public sealed record MatchRequest(ArtifactReference Content, ArtifactReference Style, SegmentationMode Mode, OrphanPolicy Orphans);
