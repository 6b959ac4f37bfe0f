namespace PhotoStyle.Cli.Output;

/// <summary>What a run took.</summary>
/// <param name="Stages">Seconds of each stage.</param>
/// <param name="Total">Seconds of all.</param>
internal sealed record Timings(IReadOnlyDictionary<Stage, double> Stages, double Total)
{
    public override string ToString() =>
        $"{Durations.Text(TimeSpan.FromSeconds(Total))} ({string.Join(", ", Stages.OrderBy(pair => pair.Key).Select(pair => FormattableString.Invariant($"{pair.Key.ToString().ToLowerInvariant()} {pair.Value:F1}")))})";
}
