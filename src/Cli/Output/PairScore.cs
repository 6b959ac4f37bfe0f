using PhotoStyle.Scoring;

namespace PhotoStyle.Cli.Output;

/// <summary>A transfer beside somebody else's result from the same photos.</summary>
/// <param name="Pair">The name of the pair's folder.</param>
/// <param name="Ours">The figures of the transfer.</param>
/// <param name="Theirs">Those of the other result.</param>
internal sealed record PairScore(string Pair, Scores Ours, Scores Theirs)
{
    /// <summary>On how many of the four ours is at least as good, with the tolerance of the table.</summary>
    public int AtLeastAsGood => Ours.AtLeastAsGood(Theirs, Scores.Tolerance).Count(good => good);
}
