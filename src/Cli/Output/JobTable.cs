using System.Globalization;
using PhotoStyle.Pipeline.Hosting;
using PhotoStyle.Pipeline.Jobs;
using Spectre.Console;

namespace PhotoStyle.Cli.Output;

/// <summary>A live table: jobs at work, those that ended last, and how many there are of each kind.</summary>
/// <param name="console">Where it is shown.</param>
/// <param name="time">The clock; that of the system if null.</param>
/// <param name="names">What jobs are called; their own names if null.</param>
internal sealed class JobTable(IAnsiConsole console, TimeProvider? time = null, JobNames? names = null) : IHostObserver
{
    private const int MostDone = 8, MostWaiting = 5, BarWidth = 12;
    private static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly JobNames _names = names ?? new JobNames();
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Jobs that are not done, with the moments at which they changed last.</summary>
    private readonly Dictionary<string, (JobView View, long Changed)> _open = [];

    private readonly Queue<JobView> _done = [];
    private readonly Dictionary<JobState, int> _counts = [];
    private IReadOnlyList<string> _waiting = [];

    /// <summary>Works with the table on the screen; at the end it stays as it is.</summary>
    public Task ShowAsync(Func<Task> work) => console.Live(Draw()).StartAsync(async display =>
    {
        Task working = work();
        while (await Task.WhenAny(working, Task.Delay(s_refresh)) != working) display.UpdateTarget(Draw());
        display.UpdateTarget(Draw());
        await working;
    });

    public void Changed(JobView job)
    {
        lock (_lock)
        {
            if (!JobWords.IsDone(job.Status.State))
            {
                _open[job.Id] = (job, _time.GetTimestamp());
                return;
            }
            _open.Remove(job.Id);
            _counts[job.Status.State] = _counts.GetValueOrDefault(job.Status.State) + 1;
            _done.Enqueue(job);
            if (_done.Count > MostDone) _done.Dequeue();
        }
    }

    public void Waiting(IReadOnlyList<string> drops)
    {
        lock (_lock) _waiting = drops;
    }

    public void Notice(string message) => console.MarkupLineInterpolated($"[yellow]note:[/] {message}");

    private Table Draw()
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("job").AddColumn("").AddColumn("where it stands").AddColumn(new TableColumn("time").RightAligned());
        lock (_lock)
        {
            foreach (JobView job in _done) AddRow(table, job);
            foreach ((JobView job, long changed) in _open.Values.Where(job => job.View.Status.State == JobState.Running))
            {
                // What waits for the solver changes nothing for minutes.
                AddRow(table, job with { Elapsed = job.Elapsed + _time.GetElapsedTime(changed) });
            }
            foreach (string drop in _waiting.Take(MostWaiting)) table.AddRow(new Text(""), new Text(""), new Text(drop, Color.Grey), new Text(""));
            int queued = _open.Values.Count(job => job.View.Status.State == JobState.Waiting), more = Math.Max(0, _waiting.Count - MostWaiting);
            string queue = queued > 0 ? $", {queued} in the queue" : "", rest = more > 0 ? $", {more} more wait for something" : "";
            table.Caption($"{_counts.GetValueOrDefault(JobState.Completed)} done, {_counts.GetValueOrDefault(JobState.Failed)} failed, {_counts.GetValueOrDefault(JobState.Cancelled)} cancelled{queue}{rest}");
        }
        return table;
    }

    private void AddRow(Table table, JobView job)
    {
        Style style = job.Status.State switch
        {
            JobState.Failed => Color.Red,
            JobState.Cancelled => Color.Yellow,
            JobState.Completed => Color.Green,
            _ => Style.Plain,
        };
        int filled = (int)Math.Round(job.Status.Percent / 100 * BarWidth);
        string bar = job.Status.State == JobState.Running ? $"{new string('━', filled)}{new string('─', BarWidth - filled)} {job.Status.Percent.ToString("0", CultureInfo.InvariantCulture),3} %" : "";
        table.AddRow(new Text(_names.Of(job)), new Text(bar), new Text(_names.WhereItStands(job), style), new Text(Durations.Text(job.Elapsed)));
    }
}
