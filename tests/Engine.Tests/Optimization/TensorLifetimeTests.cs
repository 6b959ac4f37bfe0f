using PhotoStyle.Engine.Tests.Transfer;
using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.Engine.Tests.Optimization;

/// <summary>The garbage collector does not see native memory: every tensor must be freed by hand.</summary>
[Collection(nameof(GlobalTorchState))]
public sealed class TensorLifetimeTests
{
    [Fact]
    public void Evaluations_leave_no_tensor_behind()
    {
        using var problem = new SmallProblem();
        double[] at = SmallProblem.Point(seed: 1), gradient = new double[at.Length];
        for (int i = 0; i < 3; i++) problem.Objective.Evaluate(at, gradient);
        long before = Count();

        for (int i = 0; i < 7; i++) problem.Objective.Evaluate(at, gradient);

        Assert.InRange(Tensor.TotalCount, 0, before);
    }

    [Fact]
    public void A_transfer_leaves_no_tensor_behind()
    {
        using var pair = new SyntheticPair();
        SyntheticPair.Solve(pair.LabelledContent, pair.LabelledStyle);
        long before = Count();

        SyntheticPair.Solve(pair.LabelledContent, pair.LabelledStyle);

        Assert.InRange(Tensor.TotalCount, 0, before);
    }

    [Fact]
    public void Evaluating_within_a_surrounding_scope_leaves_it_empty_and_what_was_made_in_it_outlives_it()
    {
        SmallProblem problem;
        double[] at = SmallProblem.Point(seed: 1), gradient = new double[at.Length];
        using (DisposeScope outer = NewDisposeScope())
        {
            problem = new SmallProblem();
            problem.Objective.Evaluate(at, gradient);
            Assert.Equal(0, outer.DisposablesCount);
        }

        using (problem)
        {
            Assert.True(double.IsFinite(problem.Objective.Evaluate(at, gradient)));
        }
    }

    /// <summary>Tensors that are alive, once those that other tests left to the garbage collector are gone.</summary>
    private static long Count()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
