namespace PhotoStyle.TrainEncoder.Teachers;

/// <summary>Which of a teacher's channels explain the others best, by pivoted Cholesky decomposition of their second moments.</summary>
internal static class FilterChoice
{
    /// <param name="moment">Second moments of the channels, symmetric.</param>
    /// <param name="count">How many channels to choose.</param>
    public static int[] Best(double[,] moment, int count)
    {
        int channels = moment.GetLength(0);
        var rest = (double[,])moment.Clone();
        var chosen = new int[count];
        for (int step = 0; step < count; step++)
        {
            double Explained(int k) => rest[k, k] <= 1e-9 * moment[k, k] ? 0 : Enumerable.Range(0, channels).Sum(j => rest[j, k] * rest[j, k]) / rest[k, k];
            int best = chosen[step] = Enumerable.Range(0, channels).Except(chosen.Take(step)).MaxBy(Explained);
            if (rest[best, best] <= 0) continue;
            double[] column = [.. Enumerable.Range(0, channels).Select(j => rest[j, best])];
            for (int i = 0; i < channels; i++)
            {
                for (int j = 0; j < channels; j++) rest[i, j] -= column[i] * column[j] / column[best];
            }
        }
        return chosen;
    }
}
