namespace PhotoStyle.Segmentation.Clustering;

/// <summary>Makes areas of a map connected: each part of an area becomes one of its own, and parts that are too small join one beside them.</summary>
internal static class ConnectedAreas
{
    /// <param name="indices">H·W: any numbers.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="smallest">Parts of fewer pixels join the part that was found before them beside their first pixel.</param>
    /// <returns>H·W numbers 0 … Count − 1, in the order of the first pixel of each area.</returns>
    public static (int[] Indices, int Count) Of(int[] indices, int width, int height, int smallest)
    {
        var areas = new int[indices.Length];
        Array.Fill(areas, -1);
        var members = new int[indices.Length];
        int count = 0;
        for (int first = 0; first < indices.Length; first++)
        {
            if (areas[first] >= 0) continue;
            int size = Flood(indices, areas, members, first, count, width, height);
            int beside = first % width > 0 ? areas[first - 1] : first >= width ? areas[first - width] : -1;
            if (size < smallest && beside >= 0)
            {
                for (int i = 0; i < size; i++) areas[members[i]] = beside;
            }
            else
            {
                count++;
            }
        }

        return (areas, count);
    }

    private static int Flood(int[] indices, int[] areas, int[] members, int first, int area, int width, int height)
    {
        (members[0], areas[first]) = (first, area);
        int size = 1;
        for (int next = 0; next < size; next++)
        {
            int i = members[next], x = i % width, y = i / width;
            if (x > 0) Visit(i - 1);
            if (x < width - 1) Visit(i + 1);
            if (y > 0) Visit(i - width);
            if (y < height - 1) Visit(i + width);
        }

        return size;

        void Visit(int i)
        {
            if (areas[i] >= 0 || indices[i] != indices[first]) return;
            (areas[i], members[size++]) = (area, i);
        }
    }
}
