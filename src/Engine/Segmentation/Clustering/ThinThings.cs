using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation.Clustering;

/// <summary>
/// Gives masts, twigs and poles that are thinner than an area to the class that they grow out of: in the sky's class they would be graded as sky, a black mast blue.
/// </summary>
internal static class ThinThings
{
    private const int Bins = 8;

    /// <summary>How many times likelier a pixel's colour has to be in the class that takes it.</summary>
    private const double Likelier = 20;

    /// <summary>The share of a class that every colour has at least: what is rare in both classes is no reason to move.</summary>
    private const double LeastShare = 1e-5;

    /// <summary>Half of the width in pixels up to which something is thin. What is wider is an area, and clustered as one.</summary>
    private const int Radius = 3;

    /// <summary>Moves thin things.</summary>
    /// <param name="labels">The class of each pixel, row by row.</param>
    /// <param name="count">Number of classes.</param>
    /// <param name="image">3×H×W, sRGB-encoded.</param>
    /// <returns>The class of each pixel.</returns>
    public static byte[] Of(byte[] labels, int count, FloatImage image)
    {
        int[] colours = Colours(image);
        double[][] shares = Shares(labels, count, colours);
        byte[] grown = Grow(labels, count, colours, shares, image.Width);
        Keep(labels, grown, image.Width);
        return grown;
    }

    private static int[] Colours(FloatImage image)
    {
        var colours = new int[image.Width * image.Height];
        for (int channel = 0; channel < 3; channel++)
        {
            ReadOnlySpan<float> plane = image.Plane(channel);
            for (int i = 0; i < colours.Length; i++) colours[i] = colours[i] * Bins + Math.Clamp((int)(plane[i] * Bins), 0, Bins - 1);
        }

        return colours;
    }

    /// <summary>For each class, the share of each colour.</summary>
    private static double[][] Shares(byte[] labels, int count, int[] colours)
    {
        double[][] shares = [.. Enumerable.Range(0, count).Select(_ => new double[Bins * Bins * Bins])];
        var sizes = new int[count];
        for (int i = 0; i < labels.Length; i++)
        {
            shares[labels[i]][colours[i]]++;
            sizes[labels[i]]++;
        }

        for (int k = 0; k < count; k++)
        {
            for (int c = 0; c < shares[k].Length; c++) shares[k][c] = Math.Max(LeastShare, shares[k][c] / Math.Max(1, sizes[k]));
        }

        return shares;
    }

    /// <summary>Lets classes grow along pixels whose colours are theirs.</summary>
    private static byte[] Grow(byte[] labels, int count, int[] colours, double[][] shares, int width)
    {
        byte[] grown = [.. labels];
        var front = new Queue<int>(Enumerable.Range(0, labels.Length));
        while (front.TryDequeue(out int i))
        {
            foreach (int j in Neighbours(i, width, labels.Length))
            {
                if (grown[j] != labels[j] || grown[i] == labels[j] || shares[grown[i]][colours[j]] < Likelier * shares[labels[j]][colours[j]]) continue;
                grown[j] = grown[i];
                front.Enqueue(j);
            }
        }

        return grown;
    }

    /// <summary>Takes back what has grown wider than a thing that is thin.</summary>
    private static void Keep(byte[] labels, byte[] grown, int width)
    {
        int[] depths = Depths(labels, grown, width);
        var seen = new bool[labels.Length];
        for (int start = 0; start < labels.Length; start++)
        {
            if (depths[start] == 0 || seen[start]) continue;
            List<int> part = [start];
            seen[start] = true;
            for (int next = 0; next < part.Count; next++)
            {
                foreach (int j in Neighbours(part[next], width, labels.Length))
                {
                    if (depths[j] == 0 || seen[j]) continue;
                    seen[j] = true;
                    part.Add(j);
                }
            }

            if (part.Max(i => depths[i]) <= Radius) continue;
            foreach (int i in part) grown[i] = labels[i];
        }
    }

    /// <summary>How many steps each pixel that has moved is from one that has not: 0 for those, at most one more than <see cref="Radius"/>.</summary>
    private static int[] Depths(byte[] labels, byte[] grown, int width)
    {
        int[] depths = [.. labels.Zip(grown, (label, now) => label == now ? 0 : Radius + 1)];
        for (int depth = 1; depth <= Radius; depth++)
        {
            for (int i = 0; i < depths.Length; i++)
            {
                if (depths[i] > depth && Neighbours(i, width, depths.Length).Any(j => depths[j] == depth - 1)) depths[i] = depth;
            }
        }

        return depths;
    }

    private static IEnumerable<int> Neighbours(int i, int width, int length)
    {
        int x = i % width;
        for (int dy = -width; dy <= width; dy += width)
        {
            for (int dx = -1; dx <= 1; dx++)
            {
                int j = i + dy + dx;
                if ((dy != 0 || dx != 0) && j >= 0 && j < length && x + dx >= 0 && x + dx < width) yield return j;
            }
        }
    }
}
