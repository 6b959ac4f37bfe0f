namespace PhotoStyle.Imaging;

/// <summary>Divides the rows of an image into bands that run in parallel. The division depends on the image alone: sums over bands in their order are the same at any number of threads.</summary>
internal static class Bands
{
    private const int Most = 16;

    /// <summary>How many bands an image of so many rows has, 1 … 16.</summary>
    public static int Count(int rows) => Math.Clamp(rows / 4, 1, Most);

    /// <summary>Runs an action for each band: its index, first row and the row behind its last.</summary>
    public static void Run(int rows, Action<int, int, int> band)
    {
        int count = Count(rows);
        Parallel.For(0, count, i => band(i, rows * i / count, rows * (i + 1) / count));
    }
}
