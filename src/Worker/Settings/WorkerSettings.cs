using System.Globalization;
using PhotoStyle.Features;
using PhotoStyle.Pipeline.Steps;
using PhotoStyle.Pipeline.Storage;

namespace PhotoStyle.Worker.Settings;

/// <summary>The settings of the worker: see docs/worker.md. None of them is a secret where identities are used.</summary>
internal sealed record WorkerSettings
{
    private const string Section = "PhotoStyle";

    /// <summary>Connection string or https address of the blob service.</summary>
    public required string Blobs { get; init; }

    /// <summary>Connection string or https address of the queue service.</summary>
    public required string Queues { get; init; }

    /// <summary>Whether the storage is reached with the identity of the process, and not with a connection string.</summary>
    public bool UsesIdentity => Blobs.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);

    /// <summary>Which worker this is, in answers and telemetry.</summary>
    public string Name { get; init; } = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}");

    /// <summary>Where encoders run.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Auto;

    /// <summary>Time between two checkpoints.</summary>
    public TimeSpan Checkpoint { get; init; } = ResumableOptimise.DefaultInterval;

    /// <summary>How long a message is hidden from other workers without a renewal: so long work stands still after a worker was killed. Renewed three times as often.</summary>
    public TimeSpan Visibility { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Least time between two reports of progress.</summary>
    public TimeSpan Progress { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time after a failed try until the message can be taken again.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most time between two looks into an empty queue.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After so long without a sign of life, the process counts as stuck.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>From the wish to stop to the end of the process at the latest: container engines kill after ten seconds unless they are told otherwise.</summary>
    public TimeSpan Stop { get; init; } = TimeSpan.FromSeconds(9.5);

    /// <summary>The part of <see cref="Stop"/> in which the solver has to end; an evaluation takes less.</summary>
    public TimeSpan Grace => Stop * 0.7;

    /// <summary>The part of <see cref="Stop"/> after that in which the message is handed back.</summary>
    public TimeSpan LastWords => Stop * 0.2;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>: one is missing or wrong.</exception>
    public static WorkerSettings Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        IConfigurationSection section = configuration.GetSection(Section);
        var settings = new WorkerSettings { Blobs = StorageSettings.Connection(key => configuration[key], "blob"), Queues = StorageSettings.Connection(key => configuration[key], "queue") };
        return settings with
        {
            Device = DeviceSetting.Read(section["Device"]),
            Checkpoint = Seconds(section, "CheckpointSeconds", settings.Checkpoint, 0, 10),
            Visibility = Seconds(section, "VisibilitySeconds", settings.Visibility, 1, 3600),
            Progress = Seconds(section, "ProgressSeconds", settings.Progress, 0, 3600),
            Retry = Seconds(section, "RetrySeconds", settings.Retry, 0, 3600),
            Idle = Seconds(section, "IdleSeconds", settings.Idle, 0.1, 3600),
            Stop = Seconds(section, "StopSeconds", settings.Stop, 1, 3600),
            Stall = Seconds(section, "StallSeconds", settings.Stall, 1, 86_400),
        };
    }

    private static TimeSpan Seconds(IConfigurationSection section, string name, TimeSpan otherwise, double least, double most)
    {
        if (section[name] is not { Length: > 0 } text) return otherwise;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds >= least && seconds <= most
            ? TimeSpan.FromSeconds(seconds)
            : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"The setting {Section}__{name} is '{text}': give a number of seconds from {least} to {most}."));
    }

    private static PhotoStyleException Wrong(string message) => new(ErrorCode.OptionInvalid, message);
}
