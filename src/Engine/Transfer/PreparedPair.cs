using PhotoStyle.Matting;

namespace PhotoStyle.Transfer;

/// <summary>All that solving needs of two photos. It is found without an encoder, so that one may be opened meanwhile.</summary>
/// <param name="Content">The content at <see cref="TransferOptions.Size"/>.</param>
/// <param name="Style">The style at the same size.</param>
/// <param name="Classes">Their classes.</param>
/// <param name="Laplacian">Of the content, with the ε of <see cref="Optimization.SolverOptions"/>.</param>
public sealed record PreparedPair(WorkingPhoto Content, WorkingPhoto Style, MatchedPair Classes, MattingLaplacian Laplacian)
{
    /// <summary>Prepares two photos.</summary>
    /// <param name="content">The photo to be graded.</param>
    /// <param name="style">The reference.</param>
    /// <param name="options">How they will be solved.</param>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/> or <see cref="ErrorCode.OrphanLabel"/>.</exception>
    public static PreparedPair Of(TransferInput content, TransferInput style, TransferOptions options)
    {
        options.Validate();
        WorkingPhoto from = WorkingPhoto.Of(content, options.Size), to = WorkingPhoto.Of(style, options.Size);
        return new PreparedPair(from, to, MatchedPair.Of(from, to, options.Orphans), new MattingLaplacian(from.Image, options.Solver.Epsilon));
    }
}
