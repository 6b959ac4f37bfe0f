using System.CommandLine;
using PhotoStyle.Cli.Output;

namespace PhotoStyle.Cli.Commands;

/// <summary>What the commands have in common: how they report, and examples in their help.</summary>
internal abstract class ReportingCommand : Command, IHasExamples
{
    private readonly Option<bool> _quiet = CommonOptions.Quiet();
    private readonly Option<bool> _json = CommonOptions.Json();

    protected ReportingCommand(string name, string description, params string[] examples)
        : base(name, description)
    {
        Examples = examples;
        SetAction(RunAsync);
    }

    /// <summary>Whole command lines.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Adds the common options after the command's own.</summary>
    protected virtual void AddCommonOptions()
    {
        Add(_quiet);
        Add(_json);
    }

    /// <summary>Does the work.</summary>
    /// <param name="options">The options, not yet validated.</param>
    /// <param name="run">To be told how far it got.</param>
    /// <returns>The result.</returns>
    protected abstract Task<Report> ExecuteAsync(ParseResult options, Run run);

    private async Task<int> RunAsync(ParseResult options, CancellationToken cancellation)
    {
        InvocationConfiguration streams = options.InvocationConfiguration;
        Reporter reporter = Reporter.Create(options.GetValue(_json), options.GetValue(_quiet), streams.Output, streams.Error);
        var run = new Run(reporter, cancellation);
        using CancellationTokenRegistration stopping = cancellation.Register(reporter.Stopping);
        try
        {
            Report? report = null;
            await reporter.RunAsync(async () => report = await ExecuteAsync(options, run));
            reporter.Finish(report!);
            return ExitCode.Success;
        }
        catch (OperationCanceledException cause) when (cancellation.IsCancellationRequested)
        {
            throw new CancelledException(run.WhatIsLeft, cause);
        }
    }
}
