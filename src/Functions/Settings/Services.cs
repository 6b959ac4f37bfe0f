using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using PhotoStyle.Functions.Api;
using PhotoStyle.Functions.Drops;
using PhotoStyle.Functions.Events;
using PhotoStyle.Functions.Inspection;
using PhotoStyle.Functions.Orchestration;
using PhotoStyle.Imaging;
using PhotoStyle.Pipeline.Drops;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Messages;
using PhotoStyle.Pipeline.Sources;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Functions.Settings;

/// <summary>What the functions are made of.</summary>
internal static class Services
{
    /// <summary>How often a grade that is found here tells of its progress. Each time costs an event in the history.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddPhotoStyle(this IServiceCollection services, AppSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton(ImageLimits.Default)
        .AddSingleton(_ => PipelineStorage.InAccount(settings.Blobs))
        .AddSingleton(_ => new PipelineQueues(settings.Queues))
        .AddSingleton(provider => new PipelineSteps(provider.GetRequiredService<PipelineStorage>(), device: settings.Device))
        .AddSingleton(provider => new JobRegistry(provider.GetRequiredService<PipelineStorage>().Jobs))
        .AddSingleton<DropResolver>()
        .AddSingleton<DropIntake>()
        .AddSingleton(_ => new SourceFetcher(settings.Sources))
        .AddSingleton<SourceFinder>()
        .AddSingleton(provider => new InProcessOptimise(
            provider.GetRequiredService<PipelineSteps>(), s_look, (id, e) => Log.NotWrittenDown(provider.GetRequiredService<ILogger<InProcessOptimise>>(), id, e)))
        .AddSingleton<UploadInspector>()
        .AddSingleton<JobStarter>()
        .AddSingleton<AnnounceActivity>()
        .AddSingleton<DropDoor>()
        .AddSingleton<SourceResolver>()
        .AddSingleton(_ => new TokenCheck(settings.Entra, settings.Entra is { } entra ? KeysOf(entra) : null))
        .AddSingleton<Transfers>();

    /// <summary>The keys are fetched with the first call and again when they change.</summary>
    private static ConfigurationManager<OpenIdConnectConfiguration> KeysOf(EntraSettings entra) =>
        new(entra.Metadata, new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever { RequireHttps = true });
}
