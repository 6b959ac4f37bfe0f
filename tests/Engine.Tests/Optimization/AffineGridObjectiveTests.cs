using PhotoStyle.Engine.Tests.Grading;

namespace PhotoStyle.Engine.Tests.Optimization;

public sealed class AffineGridObjectiveTests
{
    [Fact]
    public void The_gradient_agrees_with_finite_differences()
    {
        using var problem = new SmallProblem();
        double[] at = SmallProblem.Point(seed: 4), gradient = new double[at.Length];
        problem.Objective.Evaluate(at, gradient);
        Assert.All(problem.Objective.Terms, term => Assert.True(term.Weight * term.Value > 1e-3, term.Name));

        double norm = Math.Sqrt(FiniteDifference.Dot(gradient, gradient));
        foreach (double[] along in new[] { gradient, FiniteDifference.RandomDirection(at.Length, seed: 5), FiniteDifference.RandomDirection(at.Length, seed: 6) })
        {
            double length = Math.Sqrt(FiniteDifference.Dot(along, along));
            double[] direction = [.. along.Select(d => d / length)];
            double expected = FiniteDifference.Central(x => problem.Objective.Evaluate(x, new double[x.Length]), at, direction, 1e-3);
            Assert.Equal(expected, FiniteDifference.Dot(gradient, direction), 0.002 * norm);
        }
    }

    [Fact]
    public void The_value_is_the_sum_of_its_terms_each_of_them_named()
    {
        using var problem = new SmallProblem();
        double[] at = SmallProblem.Point(seed: 4);

        double value = problem.Objective.Evaluate(at, new double[at.Length]);

        Assert.Equal(value, problem.Objective.Terms.Sum(term => term.Weight * term.Value), 1e-12);
        Assert.Equal(["clamp", "colour", "content", "photorealism", "reversal", "smoothness", "style"], problem.Objective.Terms.Select(term => term.Name).Order());
        Assert.Equal(problem.Options.StyleWeight, problem.Objective.Terms.Single(term => term.Name == "style").Weight);
    }

    [Fact]
    public void Nothing_pulls_at_a_class_that_is_not_styled()
    {
        using var problem = new SmallProblem(isSecondStyled: false);
        double[] at = SmallProblem.Point(seed: 4), gradient = new double[at.Length];

        problem.Objective.Evaluate(at, gradient);

        Assert.All(gradient[Grades.Shape.Length..], slope => Assert.Equal(0, slope));
        Assert.Contains(gradient[..Grades.Shape.Length], slope => slope != 0);
    }

    [Fact]
    public void The_same_point_gives_the_same_bits()
    {
        using SmallProblem first = new(), second = new();
        double[] at = SmallProblem.Point(seed: 4), gradient = new double[at.Length], again = new double[at.Length];
        double value = first.Objective.Evaluate(at, gradient);
        first.Objective.Evaluate(SmallProblem.Point(seed: 7), again);

        Assert.Equal(value, first.Objective.Evaluate(at, again));
        Assert.Equal(gradient, again);
        Assert.Equal(value, second.Objective.Evaluate(at, again));
        Assert.Equal(gradient, again);
    }
}
