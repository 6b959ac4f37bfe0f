using PhotoStyle.Optimization;

namespace PhotoStyle.Engine.Tests.Optimization;

public sealed class AdamTests
{
    [Fact]
    public void Moves_are_those_of_the_published_algorithm()
    {
        double[] x = [0.3, -0.7, 1.1], mean = new double[3], square = new double[3];
        var solver = new Adam(x, maxEvaluations: 20, rate: 0.05);
        Objective bowl = TestFunctions.Bowl(3, condition: 10);
        for (int t = 1; t <= 20; t++)
        {
            var gradient = new double[3];
            double loss = bowl(x, gradient);
            for (int i = 0; i < 3; i++)
            {
                mean[i] = 0.9 * mean[i] + 0.1 * gradient[i];
                square[i] = 0.999 * square[i] + 0.001 * gradient[i] * gradient[i];
                x[i] -= 0.05 * (mean[i] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(square[i] / (1 - Math.Pow(0.999, t))) + 1e-8);
            }
            LbfgsIteration step = solver.Step(bowl, TestContext.Current.CancellationToken);
            Assert.Equal((t, t), (step.Iteration, step.Evaluations));
            Assert.Equal(loss, step.Loss, 1e-12);
            Assert.All(x.Zip(solver.X.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        }
        Assert.Equal(LbfgsStop.EvaluationBudget, solver.StopReason);
        Assert.Throws<InvalidOperationException>(() => solver.Step(bowl, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Going_on_from_any_step_gives_the_same_bytes_and_damage_is_noticed()
    {
        Objective bowl = TestFunctions.Bowl(5, condition: 10);
        var solver = new Adam(TestFunctions.RandomPoint(5, 1, seed: 1), maxEvaluations: 8, rate: 0.1);
        var states = new List<byte[]>();
        for (; solver.StopReason is null; solver.Step(bowl, TestContext.Current.CancellationToken)) states.Add(Bytes(solver));
        foreach (byte[] state in states)
        {
            Adam resumed = Adam.Load(new MemoryStream(state));
            while (resumed.StopReason is null) resumed.Step(bowl, TestContext.Current.CancellationToken);
            Assert.Equal(Bytes(solver), Bytes(resumed));
        }
        byte[] whole = states[3];
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x10;
            Assert.Equal(ErrorCode.GradeInvalid, Assert.Throws<PhotoStyleException>(() => Adam.Load(new MemoryStream(damaged))).Code);
        }
    }

    [Fact]
    public void A_loss_that_is_not_finite_ends_it_where_it_was()
    {
        var solver = new Adam([2.0], maxEvaluations: 8, rate: 0.1);
        solver.Step(TestFunctions.Bowl(1, 1), TestContext.Current.CancellationToken);
        double before = solver.X[0];
        solver.Step((_, _) => double.NaN, TestContext.Current.CancellationToken);
        Assert.Equal((LbfgsStop.StepNotFinite, before), (solver.StopReason, solver.X[0]));
    }

    private static byte[] Bytes(Adam solver)
    {
        var stream = new MemoryStream();
        solver.Save(stream);
        return stream.ToArray();
    }
}
