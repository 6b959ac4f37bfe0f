using PhotoStyle.Scoring;

namespace PhotoStyle.Engine.Tests.Scoring;

public sealed class ScoresTests
{
    private static readonly Scores _reference = new(Swd: 0.02, Gram: 0.1, Struct: 0.9, Lap: 1e-4);

    [Fact]
    public void A_result_is_as_good_as_itself_and_as_a_worse_one()
    {
        Assert.True(_reference.IsAtLeastAsGoodAs(_reference, 0));
        Assert.True(new Scores(0.01, 0.05, 0.95, 0.5e-4).IsAtLeastAsGoodAs(_reference, 0));
    }

    [Theory]
    [InlineData(0.0205, 0.05, 0.95, 0.5e-4)]
    [InlineData(0.01, 0.103, 0.95, 0.5e-4)]
    [InlineData(0.01, 0.05, 0.88, 0.5e-4)]
    [InlineData(0.01, 0.05, 0.95, 1.03e-4)]
    public void One_worse_figure_spoils_it_unless_tolerated(double swd, double gram, double structure, double lap)
    {
        var scores = new Scores(swd, gram, structure, lap);
        Assert.False(scores.IsAtLeastAsGoodAs(_reference, 0.02));
        Assert.True(scores.IsAtLeastAsGoodAs(_reference, 0.04));
    }
}
