namespace PhotoStyle.Engine.Tests;

/// <summary>The oracle for gradients.</summary>
internal static class FiniteDifference
{
    /// <summary>The derivative of a function along a direction, from two values.</summary>
    public static double Central(Func<double[], double> function, double[] at, double[] direction, double step) =>
        (function(Moved(at, direction, step)) - function(Moved(at, direction, -step))) / (2 * step);

    public static double Dot(IEnumerable<double> first, IEnumerable<double> second) => first.Zip(second, (a, b) => a * b).Sum();

    public static double[] RandomDirection(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];
    }

    private static double[] Moved(double[] at, double[] direction, double step) => [.. at.Zip(direction, (a, d) => a + step * d)];
}
