using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Functions.Api;

/// <summary>What a job made.</summary>
/// <param name="Output">The blob of the graded photo, with its container.</param>
/// <param name="Width">Its columns.</param>
/// <param name="Height">Its rows.</param>
/// <param name="Files">The blobs of all results, with their container.</param>
/// <param name="Notices">What the user should know.</param>
public sealed record TransferOutput(string Output, int Width, int Height, IReadOnlyList<string> Files, IReadOnlyList<string> Notices)
{
    internal static TransferOutput Of(TransferResult result) =>
        new(result.BlobOf(result.Output), result.Width, result.Height, [.. result.Files.Select(result.BlobOf)], result.Notices);
}
