using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Functions.Settings;

/// <summary>Makes containers and queues in an emulator. In Azure they are there before the app, whose identity may not make any.</summary>
public sealed class StorageSetup(AppSettings settings, PipelineStorage storage, PipelineQueues queues)
{
    public Task RunAsync(CancellationToken cancel = default) =>
        settings.UsesIdentity ? Task.CompletedTask : Task.WhenAll(storage.CreateAsync(cancel), queues.CreateAsync(cancel));
}
