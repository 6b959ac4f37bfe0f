using System.Globalization;

namespace PhotoStyle.TrainEncoder.Training;

/// <summary>The rows of a training, in a table of comma-separated values.</summary>
internal static class History
{
    private const int GroupCount = 4;

    public static void Write(string path, IReadOnlyList<HistoryRow> rows, IReadOnlyList<string> levels)
    {
        string[] groups = ["features", "grams", "distances", "correlation"];
        IEnumerable<string> head = groups.SelectMany(g => levels.Select(l => $"{g}.{l}")).Prepend("step");
        IEnumerable<string> lines = rows.Select(r => string.Join(',', r.Features.Concat(r.Grams).Concat(r.Distances).Concat(r.Correlations)
            .Select(v => v.ToString("R", CultureInfo.InvariantCulture)).Prepend(r.Step.ToString(CultureInfo.InvariantCulture))));
        File.WriteAllLines(path, lines.Prepend(string.Join(',', head)));
    }

    /// <summary>Reads the rows up to a step.</summary>
    public static List<HistoryRow> Read(string path, int lastStep)
    {
        var rows = new List<HistoryRow>();
        foreach (string line in File.ReadLines(path).Skip(1))
        {
            double[] values = [.. line.Split(',').Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
            int levels = (values.Length - 1) / GroupCount;
            double[] Group(int g) => values[(1 + g * levels)..(1 + (g + 1) * levels)];
            if (values[0] <= lastStep) rows.Add(new HistoryRow((int)values[0], Group(0), Group(1), Group(2), Group(3)));
        }
        return rows;
    }
}
