using Microsoft.Extensions.Configuration;
using PhotoStyle.Features;
using PhotoStyle.Pipeline.Jobs;
using PhotoStyle.Pipeline.Sources;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Functions.Settings;

/// <summary>The settings of the app. None of them is a secret where identities are used.</summary>
public sealed record AppSettings
{
    /// <summary>Name of the connection to the storage account of the photos, as triggers know it.</summary>
    public const string Storage = StorageSettings.Name;

    private const string Section = "PhotoStyle";

    /// <summary>Connection string or https address of the blob service.</summary>
    public required string Blobs { get; init; }

    /// <summary>Connection string or https address of the queue service.</summary>
    public required string Queues { get; init; }

    /// <summary>Who finds grades.</summary>
    public Optimizer Optimizer { get; init; } = Optimizer.Queue;

    /// <summary>Where encoders run, when grades are found here.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Auto;

    /// <summary>The topic of Event Grid that is told when a job ends; null for none.</summary>
    public Uri? CompletionTopic { get; init; }

    /// <summary>What callers call the API, for the addresses in answers; null to take it from each request.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Which tokens callers may show in place of a key; null for none.</summary>
    public EntraSettings? Entra { get; init; }

    /// <summary>From where photos may be fetched.</summary>
    public SourceRules Sources { get; init; } = new();

    /// <summary>Reads the settings.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>: one is missing or wrong.</exception>
    public static AppSettings Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        IConfigurationSection section = configuration.GetSection(Section);
        return new AppSettings
        {
            Blobs = StorageSettings.Connection(key => configuration[key], "blob"),
            Queues = StorageSettings.Connection(key => configuration[key], "queue"),
            Optimizer = section["Optimizer"] is { Length: > 0 } optimizer ? ReadOptimizer(optimizer) : Optimizer.Queue,
            Device = DeviceSetting.Read(section["Device"]),
            CompletionTopic = ReadAddress(section, "CompletionTopic"),
            PublicUrl = ReadAddress(section, "PublicUrl"),
            Entra = ReadEntra(section),
            Sources = new SourceRules { AllowedHosts = [.. section.GetSection("AllowedHosts").GetChildren().Select(host => host.Value).OfType<string>().Where(host => host.Length > 0)] },
        };
    }

    private static Optimizer ReadOptimizer(string value) =>
        Words.Read<Optimizer>(value) ?? throw Wrong($"The setting {Section}__Optimizer is '{value}': choose {string.Join(" or ", Enum.GetNames<Optimizer>())}.");

    private static EntraSettings? ReadEntra(IConfigurationSection section)
    {
        (string tenant, string audience) = (section["EntraTenant"] ?? "", section["EntraAudience"] ?? "");
        if (tenant.Length == 0 && audience.Length == 0) return null;
        if (!Guid.TryParse(tenant, out Guid id)) throw Wrong($"The setting {Section}__EntraTenant is not the id of a directory: give one as xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx.");
        if (audience.Length == 0) throw Wrong($"The setting {Section}__EntraAudience is missing: give the application id of this app.");
        return new EntraSettings(id, audience, section["EntraRole"] is { Length: > 0 } role ? role : null);
    }

    private static Uri? ReadAddress(IConfigurationSection section, string name)
    {
        if (section[name] is not { Length: > 0 } value) return null;
        return Uri.TryCreate(value, UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttps
            ? address
            : throw Wrong($"The setting {Section}__{name} is not an address that begins with https://: correct it.");
    }

    private static PhotoStyleException Wrong(string message) => new(ErrorCode.OptionInvalid, message);
}
