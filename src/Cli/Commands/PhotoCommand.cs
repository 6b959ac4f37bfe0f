using System.CommandLine;
using PhotoStyle.Cli.Output;
using PhotoStyle.Imaging;

namespace PhotoStyle.Cli.Commands;

/// <summary>A command that reads photos, within limits.</summary>
internal abstract class PhotoCommand(string name, string description, params string[] examples) : ReportingCommand(name, description, examples)
{
    private readonly Option<int> _maxMegapixels = CommonOptions.MaxMegapixels();

    protected sealed override void AddCommonOptions()
    {
        Add(_maxMegapixels);
        base.AddCommonOptions();
    }

    protected sealed override Task<Report> ExecuteAsync(ParseResult options, Run run)
    {
        int megapixels = options.GetValue(_maxMegapixels);
        return megapixels < 1
            ? throw new PhotoStyleException(ErrorCode.OptionInvalid, $"--max-megapixels is {megapixels}: give 1 or more.")
            : ExecuteAsync(options, new ImageLimits { MaxPixels = megapixels * 1_000_000L }, run);
    }

    /// <summary>Does the work.</summary>
    /// <param name="options">The options, not yet validated.</param>
    /// <param name="limits">What pictures are accepted.</param>
    /// <param name="run">To be told how far it got.</param>
    /// <returns>The result.</returns>
    protected abstract Task<Report> ExecuteAsync(ParseResult options, ImageLimits limits, Run run);
}
