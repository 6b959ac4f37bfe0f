using System.CommandLine;
using PhotoStyle.Cli.Output;
using PhotoStyle.Features;
using PhotoStyle.Imaging;
using PhotoStyle.Scoring;

namespace PhotoStyle.Cli.Commands;

/// <summary><c>photostyle score OUT CONTENT STYLE</c></summary>
internal sealed class ScoreCommand : PhotoCommand
{
    private readonly Argument<string> _output = CommonOptions.File("OUT", "The result to be measured, made by photostyle or otherwise; of the content's shape.");
    private readonly Argument<string> _content = CommonOptions.File("CONTENT", "The photo it was made from.");
    private readonly Argument<string> _style = CommonOptions.File("STYLE", "The photo whose look it was to take.");
    private readonly Option<string?> _contentMask = CommonOptions.ContentMask();
    private readonly Option<string?> _styleMask = CommonOptions.StyleMask();
    private readonly Option<string> _encoder = CommonOptions.Encoder();

    public ScoreCommand()
        : base(
            "score",
            "Measures a result with four figures: swd and gram (how near it is to the style), struct and lap (how much of a photo it has remained). " +
            "There is no sum of them: a result is better than another if it is no worse in any.",
            "photostyle score result.png holiday.jpg sunset.jpg",
            "photostyle score result.png city.png night.png --content-mask city-mask.png --style-mask night-mask.png --json")
    {
        Add(_output);
        Add(_content);
        Add(_style);
        Add(_contentMask);
        Add(_styleMask);
        Add(_encoder);
        AddCommonOptions();
    }

    protected override async Task<Report> ExecuteAsync(ParseResult options, ImageLimits limits, Run run)
    {
        string output = options.GetRequiredValue(_output), content = options.GetRequiredValue(_content), style = options.GetRequiredValue(_style);
        string? contentMask = options.GetValue(_contentMask), styleMask = options.GetValue(_styleMask);
        InputPair.RequireBothMasks(contentMask, styleMask);

        Task<IFeatureEncoder> opening = Task.Run(() => EncoderCatalog.Open(options.GetRequiredValue(_encoder)));
        run.Begin(Stage.Read, $"{Path.GetFileName(output)}, {Path.GetFileName(content)} and {Path.GetFileName(style)}");
        using Photo result = await Task.Run(() => PhotoReader.Read(output, limits));
        using InputPair pair = await InputPair.ReadAsync((content, contentMask), (style, styleMask), limits, run.Reporter.Notice);
        using IFeatureEncoder encoder = await opening;

        run.Begin(Stage.Measure, $"with encoder {encoder.Name}");
        return new ScoreReport
        {
            Scores = ResultScore.Measure(result, pair.Content, pair.Style, encoder),
            Encoder = encoder.Name,
            Seconds = run.Finish(),
        };
    }
}
