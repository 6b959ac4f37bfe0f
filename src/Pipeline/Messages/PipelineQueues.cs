using Azure.Core;
using Azure.Identity;
using Azure.Storage.Queues;
using PhotoStyle.Pipeline.Jobs;

namespace PhotoStyle.Pipeline.Messages;

/// <summary>The queues of a storage account, with the encoding that Functions' triggers expect.</summary>
public sealed class PipelineQueues
{
    private const QueueClientOptions.ServiceVersion ServiceVersion = QueueClientOptions.ServiceVersion.V2025_05_05;

    private readonly bool _mayCreate;

    /// <summary>Opens the queues.</summary>
    /// <param name="connection">A connection string, or the https address of the queue service, for which the identity of the process is used.</param>
    public PipelineQueues(string connection)
    {
        var options = new QueueClientOptions(ServiceVersion) { MessageEncoding = QueueMessageEncoding.Base64 };
        options.Retry.MaxRetries = 8;
        options.Retry.MaxDelay = TimeSpan.FromSeconds(15);
        options.Retry.Mode = RetryMode.Exponential;
        options.MessageDecodingFailed += RejectAsync;
        QueueServiceClient service;
        bool isAddress = Uri.TryCreate(connection, UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttps;
        _mayCreate = !isAddress;
        try
        {
            service = isAddress
                ? new QueueServiceClient(address, new DefaultAzureCredential(), options)
                : new QueueServiceClient(connection, options);
        }
        catch (FormatException e)
        {
            throw new PhotoStyleException(
                ErrorCode.OptionInvalid, "The queue connection is neither a connection string nor an https address: copy it anew, or write UseDevelopmentStorage=true for Azurite.", e);
        }
        (Optimize, OptimizePoison, Optimized) = (service.GetQueueClient(QueueNames.Optimize), service.GetQueueClient(QueueNames.OptimizePoison), service.GetQueueClient(QueueNames.Optimized));
    }

    /// <summary>Work for workers.</summary>
    public QueueClient Optimize { get; }

    /// <summary>What no worker could do.</summary>
    public QueueClient OptimizePoison { get; }

    /// <summary>What workers have to say.</summary>
    public QueueClient Optimized { get; }

    /// <summary>Makes the queues that do not exist. With an identity, does nothing: there the deployment has made them.</summary>
    public Task CreateAsync(CancellationToken cancellation = default) => _mayCreate
        ? Task.WhenAll(new[] { Optimize, OptimizePoison, Optimized }.Select(queue => queue.CreateIfNotExistsAsync(cancellationToken: cancellation)))
        : Task.CompletedTask;

    /// <summary>What is not base64 is none of ours. Left alone it would come back for ever, and no message beside it would be received.</summary>
    private async Task RejectAsync(QueueMessageDecodingFailedEventArgs args)
    {
        if (args.ReceivedMessage is not { } message) return;
        if (args.Queue.Name == Optimize.Name)
        {
            var error = TransferError.Of(new PhotoStyleException(ErrorCode.JobInvalid, "The message is not base64: send what this program writes."));
            await OptimizePoison.SendMessageAsync(MessageJson.Write(PoisonMessage.Of(message, error)), args.CancellationToken).ConfigureAwait(false);
        }
        await args.Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, args.CancellationToken).ConfigureAwait(false);
    }
}
