using System.CommandLine;
using System.Globalization;
using PhotoStyle.Cli.Output;

namespace PhotoStyle.Cli.Commands;

/// <summary><c>photostyle status [JOB]</c></summary>
internal sealed class StatusCommand : StorageCommand
{
    private readonly Argument<string?> _job = new("JOB") { Description = "A job's name or id; all jobs without it.", Arity = ArgumentArity.ZeroOrOne };

    public StatusCommand()
        : base("status", "Says where jobs stand.", "photostyle status sunset/holiday.jpg --storage ./jobs", "photostyle status")
    {
        Add(_job);
        AddCommonOptions();
    }

    protected override async Task<int> ExecuteAsync(ParseResult options, string? where, JobOutput output, CancellationToken cancellation)
    {
        await using OpenStorage open = await OpenStorage.OpenAsync(where, mayStart: false, output.Line, cancellation);
        await open.Storage.CreateAsync(cancellation);
        string? wanted = options.GetValue(_job);
        (IReadOnlyList<FoundJob> jobs, IReadOnlyList<string> waiting) = await JobFinder.FindAsync(open.Storage, wanted, cancellation);
        if (jobs.Count == 0) output.Line($"There are no jobs in {open.Description}.");
        foreach (FoundJob job in jobs)
        {
            string percent = job.Status.Percent.ToString("0", CultureInfo.InvariantCulture);
            output.Result($"{job.Id}  {percent,3} %  {job.Job}: {JobWords.Of(job.Status)}", new { @event = "job", job.Id, job.Job, job.Status });
        }
        if (wanted is null)
        {
            foreach (string drop in waiting) output.Notice(drop);
        }
        return ExitCode.Success;
    }
}
