using System.CommandLine;
using PhotoStyle.Cli.Output;
using PhotoStyle.Imaging;
using PhotoStyle.Pipeline.Hosting;

namespace PhotoStyle.Cli.Commands;

/// <summary><c>photostyle watch</c></summary>
internal sealed class WatchCommand : StorageCommand
{
    private static readonly LocalHostOptions s_defaults = new();
    private static readonly TimeSpan s_remotePoll = TimeSpan.FromSeconds(3);

    /// <summary>A file that did not change for so long is not being copied any more.</summary>
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(2);

    private readonly Option<int> _jobs = CommonOptions.Number<int>("--jobs", s_defaults.Jobs, "1..64", "Jobs at work at once. One is solved at a time; meanwhile others are read, rendered and written.");
    private readonly Option<double> _memory = CommonOptions.Number<double>(
        "--memory", Math.Round(s_defaults.Memory / 1e9, 1), "GB", "Memory for photos and solvers. What would go beyond waits; half of the machine's without it.");
    private readonly Option<bool> _once = new("--once") { Description = "End when nothing is left to do, instead of waiting for more." };
    private readonly Option<int> _maxMegapixels = CommonOptions.MaxMegapixels();
    private readonly Option<string> _device = CommonOptions.Device();

    public WatchCommand()
        : base(
            "watch",
            "Waits for photos to be dropped and grades them. Put a style into styles/, as styles/sunset.jpg, and photos into uploads/sunset/: results come to results/sunset/. " +
            "What was begun when it is stopped goes on when it is started again.",
            "photostyle watch --storage ./jobs",
            "photostyle watch",
            "photostyle watch --storage ./jobs --once --jobs 2 --memory 4")
    {
        Add(_jobs);
        Add(_memory);
        Add(_once);
        Add(_maxMegapixels);
        Add(_device);
        AddCommonOptions();
    }

    protected override string WhatIsLeft => "Stopped. What was begun goes on when 'photostyle watch' is started again.";

    protected override async Task<int> ExecuteAsync(ParseResult options, string? where, JobOutput output, CancellationToken cancellation)
    {
        LocalHostOptions hosting = Hosting(options);
        await using OpenStorage open = await OpenStorage.OpenAsync(where, mayStart: true, output.Line, cancellation);
        // In an account elsewhere each look costs money.
        if (open.IsRemote) hosting = hosting with { Poll = s_remotePoll };
        if (open.IsFolder) hosting = hosting with { Settling = s_settling };
        var failures = new FailureCount();
        await output.ShowAsync(async observer =>
        {
            using var host = new LocalHost(open.Storage, hosting, failures.Around(observer));
            if (!output.IsJson) output.Line($"Watching {open.Description}: put styles into styles/, as styles/sunset.jpg, and photos into uploads/sunset/. Stop with Ctrl-C.");
            await host.RunAsync(cancellation);
        });
        return failures.Count == 0 ? ExitCode.Success : ExitCode.UserError;
    }

    private LocalHostOptions Hosting(ParseResult options)
    {
        int jobs = options.GetValue(_jobs), megapixels = options.GetValue(_maxMegapixels);
        double gigabytes = options.GetValue(_memory);
        if (jobs is < 1 or > 64) throw new PhotoStyleException(ErrorCode.OptionInvalid, $"--jobs is {jobs}: give a number from 1 to 64.");
        if (!(gigabytes is >= 0.5 and <= 100_000)) throw new PhotoStyleException(ErrorCode.OptionInvalid, FormattableString.Invariant($"--memory is {gigabytes}: give a number of gigabytes, at least 0.5."));
        if (megapixels < 1) throw new PhotoStyleException(ErrorCode.OptionInvalid, $"--max-megapixels is {megapixels}: give 1 or more.");
        return s_defaults with
        {
            Jobs = jobs,
            Memory = (long)(gigabytes * 1e9),
            Device = CommonOptions.DeviceOf(options, _device),
            Once = options.GetValue(_once),
            Limits = new ImageLimits { MaxPixels = megapixels * 1_000_000L },
        };
    }
}
