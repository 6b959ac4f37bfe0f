using System.CommandLine;
using PhotoStyle.Cli.Output;

namespace PhotoStyle.Cli.Commands;

/// <summary>What the commands on jobs have in common: where the storage is, and how they report.</summary>
internal abstract class StorageCommand : Command, IHasExamples
{
    private readonly Option<string?> _storage = new("--storage")
    {
        HelpName = "WHERE",
        Description = "A folder, a storage account's connection string, or its https address (then your identity is used). " +
            $"Without it, what {OpenStorage.Variable} says, or else the storage emulator Azurite on this machine.",
    };
    private readonly Option<bool> _quiet = CommonOptions.Quiet();
    private readonly Option<bool> _json = CommonOptions.Json();

    protected StorageCommand(string name, string description, params string[] examples)
        : base(name, description)
    {
        Examples = examples;
        SetAction(RunAsync);
    }

    public IReadOnlyList<string> Examples { get; }

    /// <summary>Adds the common options after the command's own.</summary>
    protected void AddCommonOptions()
    {
        Add(_storage);
        Add(_quiet);
        Add(_json);
    }

    /// <summary>Does the work.</summary>
    /// <param name="options">The options, not yet validated.</param>
    /// <param name="where">Where the storage is, or null.</param>
    /// <param name="output">Takes what is to be told.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    protected abstract Task<int> ExecuteAsync(ParseResult options, string? where, JobOutput output, CancellationToken cancellation);

    private async Task<int> RunAsync(ParseResult options, CancellationToken cancellation)
    {
        InvocationConfiguration streams = options.InvocationConfiguration;
        var output = new JobOutput(streams.Output, streams.Error, options.GetValue(_json), options.GetValue(_quiet));
        try
        {
            return await ExecuteAsync(options, options.GetValue(_storage), output, cancellation);
        }
        catch (OperationCanceledException cause) when (cancellation.IsCancellationRequested)
        {
            throw new CancelledException(WhatIsLeft, cause);
        }
        catch (Azure.RequestFailedException e)
        {
            throw Unavailable(e.ErrorCode ?? e.Message.Split('\n')[0], e);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is Azure.RequestFailedException))
        {
            throw Unavailable(e.InnerExceptions[^1].Message.Split('\n')[0], e);
        }
    }

    /// <summary>What a user who stopped the command should know.</summary>
    protected virtual string WhatIsLeft => "Stopped.";

    private static PhotoStyleException Unavailable(string reason, Exception cause) =>
        new(ErrorCode.StorageUnavailable, $"The storage does not answer or refuses ({reason}): check the address, the key or your roles, and that it runs.", cause);
}
