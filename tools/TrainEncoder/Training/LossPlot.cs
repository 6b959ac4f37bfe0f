using System.Globalization;
using System.Text;

namespace PhotoStyle.TrainEncoder.Training;

/// <summary>Draws the losses over the steps, logarithmically: a line for each level.</summary>
internal static class LossPlot
{
    private const int Width = 900, PanelHeight = 260, Left = 70, Right = 110, Top = 40, Bottom = 40;
    private static readonly string[] Colours = ["#c33", "#e90", "#3a3", "#28c", "#84c"];

    /// <summary>Makes a picture in SVG.</summary>
    public static string Draw(IReadOnlyList<HistoryRow> rows, IReadOnlyList<string> levels)
    {
        (string Title, Func<HistoryRow, double[]> Values)[] panels =
        [
            ("relative squared error of lifted features", r => r.Features),
            ("relative squared error of Gram matrices", r => r.Grams),
            ("mean squared error of log Gram distances", r => r.Distances),
            ("1 − correlation of Gram distances, validation", r => [.. r.Correlations.Select(c => 1 - c)]),
        ];
        var svg = new StringBuilder();
        svg.AppendLine(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{PanelHeight * panels.Length}\" font-family=\"sans-serif\" font-size=\"12\">");
        svg.AppendLine("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        for (int p = 0; p < panels.Length; p++) DrawPanel(svg, p * PanelHeight, panels[p].Title, rows, panels[p].Values, levels);
        return svg.AppendLine("</svg>").ToString();
    }

    private static void DrawPanel(StringBuilder svg, int offset, string title, IReadOnlyList<HistoryRow> rows, Func<HistoryRow, double[]> values, IReadOnlyList<string> levels)
    {
        double[] all = [.. rows.SelectMany(values).Where(v => v > 0)];
        if (all.Length == 0) return;
        double least = Math.Floor(Math.Log10(all.Min())), most = Math.Max(least + 1, Math.Ceiling(Math.Log10(all.Max())));
        double lastStep = Math.Max(1, rows[^1].Step);
        double X(double step) => Left + step / lastStep * (Width - Left - Right);
        double Y(double value) => offset + Top + (most - Math.Log10(Math.Max(value, Math.Pow(10, least)))) / (most - least) * (PanelHeight - Top - Bottom);
        svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{offset + 24}\" font-weight=\"bold\">{title}</text>");
        for (double decade = least; decade <= most; decade++)
        {
            double y = Y(Math.Pow(10, decade));
            svg.AppendLine(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {y:F1}H{Width - Right}\" stroke=\"#ddd\"/><text x=\"{Left - 8}\" y=\"{y + 4:F1}\" text-anchor=\"end\">1e{decade}</text>");
        }
        svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right}\" y=\"{offset + PanelHeight - 14}\" text-anchor=\"end\">step {rows[^1].Step}</text>");
        for (int level = 0; level < levels.Count; level++)
        {
            string points = string.Join(' ', rows.Select(r => string.Create(CultureInfo.InvariantCulture, $"{X(r.Step):F1},{Y(values(r)[level]):F1}")));
            string colour = Colours[level % Colours.Length];
            svg.AppendLine(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\"/>");
            svg.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right + 10}\" y=\"{offset + Top + 16 * (level + 1)}\" fill=\"{colour}\">{levels[level]}</text>");
        }
    }
}
