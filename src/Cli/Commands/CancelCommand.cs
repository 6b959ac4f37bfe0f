using System.CommandLine;
using PhotoStyle.Cli.Output;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Cli.Commands;

/// <summary><c>photostyle cancel JOB</c></summary>
internal sealed class CancelCommand : StorageCommand
{
    private readonly Argument<string> _job = new("JOB") { Description = "A job's name or id, as 'photostyle status' shows them." };

    public CancelCommand()
        : base("cancel", "Stops a job. What was dropped stays where it is.", "photostyle cancel sunset/holiday.jpg", "photostyle cancel city --storage ./jobs")
    {
        Add(_job);
        AddCommonOptions();
    }

    protected override async Task<int> ExecuteAsync(ParseResult options, string? where, JobOutput output, CancellationToken cancellation)
    {
        await using OpenStorage open = await OpenStorage.OpenAsync(where, mayStart: false, output.Line, cancellation);
        await open.Storage.CreateAsync(cancellation);
        var registry = new JobRegistry(open.Storage.Jobs);
        FoundJob[] running = [.. (await JobFinder.FindAsync(open.Storage, options.GetRequiredValue(_job), cancellation)).Jobs.Where(job => !JobWords.IsDone(job.Status.State))];
        if (running.Length == 0) throw new PhotoStyleException(ErrorCode.OptionInvalid, $"The job '{options.GetRequiredValue(_job)}' has ended already: nothing is left to stop.");
        foreach (FoundJob job in running)
        {
            await registry.CancelAsync(job.Id, cancellation);
            output.Result($"{job.Job}: will be stopped before its next step or evaluation", new { @event = "cancelling", job.Id, job.Job });
        }
        return ExitCode.Success;
    }
}
