using PhotoStyle.Features;
using PhotoStyle.Pipeline.Artifacts;
using PhotoStyle.Transfer;

namespace PhotoStyle.Pipeline.Steps;

/// <summary>Asks for a grade. Goes to workers as it is; small, since it holds references and no pixels.</summary>
/// <param name="Content">The content at working size.</param>
/// <param name="Style">The style at working size.</param>
/// <param name="Match">Their classes.</param>
/// <param name="Laplacian">Window statistics of the content.</param>
/// <param name="Encoder">Name of the encoder.</param>
/// <param name="Precision">In which numbers it computes.</param>
/// <param name="Options">The engine's options.</param>
public sealed record OptimiseRequest(
    ArtifactReference Content,
    ArtifactReference Style,
    ArtifactReference Match,
    ArtifactReference Laplacian,
    string Encoder,
    Precision Precision,
    TransferOptions Options)
{
    private const int StepVersion = 1;

    /// <summary>The grade that answers this request, whoever makes it. Also names the checkpoint.</summary>
    public ArtifactReference Grade() => ArtifactKey.Of(
        "optimise", StepVersion, new { StyleTransfer.Version, weights = EncoderCatalog.FingerprintOf(Encoder), request = this });
}
