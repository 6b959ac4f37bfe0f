using System.CommandLine;
using PhotoStyle.Cli.Output;
using PhotoStyle.Features;
using PhotoStyle.Imaging;
using PhotoStyle.Scoring;

namespace PhotoStyle.Cli.Commands;

/// <summary><c>photostyle score OUT CONTENT STYLE</c></summary>
internal sealed class ScoreCommand : PhotoCommand
{
    private readonly Argument<string?> _output = Optional("OUT", "The result to be measured, made by photostyle or otherwise; of the content's shape.");
    private readonly Argument<string?> _content = Optional("CONTENT", "The photo it was made from.");
    private readonly Argument<string?> _style = Optional("STYLE", "The photo whose look it was to take.");
    private readonly Option<string?> _contentMask = CommonOptions.ContentMask();
    private readonly Option<string?> _styleMask = CommonOptions.StyleMask();
    private readonly Option<string> _encoder = CommonOptions.Encoder();
    private readonly Option<string> _precision = CommonOptions.Precision();
    private readonly Option<string?> _pairs = new("--pairs")
    {
        HelpName = "FOLDER",
        Description = "Instead of one result, a table: for each folder in FOLDER with content.png, style.png, content-mask.png, style-mask.png and authors-final.png, " +
            $"a transfer with the default settings and the encoder '{EmbeddedEncoder.Name}' beside authors-final.png. --encoder measures both.",
    };

    public ScoreCommand()
        : base(
            "score",
            "Measures a result with four figures: swd and gram (how near it is to the style), struct and lap (how much of a photo it has remained). " +
            "There is no sum of them: a result is better than another if it is no worse in any.",
            "photostyle score result.png holiday.jpg sunset.jpg",
            "photostyle score result.png city.png night.png --content-mask city-mask.png --style-mask night-mask.png --json",
            "photostyle score --pairs published --encoder vgg19-conv3")
    {
        Add(_output);
        Add(_content);
        Add(_style);
        Add(_contentMask);
        Add(_styleMask);
        Add(_encoder);
        Add(_precision);
        Add(_pairs);
        AddCommonOptions();
    }

    protected override async Task<Report> ExecuteAsync(ParseResult options, ImageLimits limits, Run run)
    {
        string?[] given = [options.GetValue(_output), options.GetValue(_content), options.GetValue(_style)];
        if (options.GetValue(_pairs) is { } folder)
        {
            return given.Any(file => file is not null) || options.GetValue(_contentMask) is not null || options.GetValue(_styleMask) is not null
                ? throw new PhotoStyleException(ErrorCode.OptionInvalid, "--pairs names all pictures: give it without others.")
                : await TableAsync(folder, options, limits, run);
        }
        if (given is not [{ } output, { } content, { } style])
            throw new PhotoStyleException(ErrorCode.OptionInvalid, "Three pictures are needed, OUT, CONTENT and STYLE, or --pairs FOLDER: see 'photostyle score --help'.");
        string? contentMask = options.GetValue(_contentMask), styleMask = options.GetValue(_styleMask);
        InputPair.RequireBothMasks(contentMask, styleMask);

        Task<IFeatureEncoder> opening = Task.Run(() => Open(options));
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

    private async Task<Report> TableAsync(string folder, ParseResult options, ImageLimits limits, Run run)
    {
        IReadOnlyList<string> pairs = PublishedPair.In(folder);
        using IFeatureEncoder solving = EmbeddedEncoder.Create(), measuring = Open(options);
        var scores = new List<PairScore>();
        foreach (string pair in pairs)
        {
            run.Begin(Stage.Measure, FormattableString.Invariant($"pair {Path.GetFileName(pair)}, {scores.Count + 1} of {pairs.Count}, with encoder {measuring.Name}"));
            (Scores ours, Scores theirs) = await PublishedPair.MeasureAsync(pair, solving, measuring, limits, run.Reporter.Notice, run.Cancellation);
            scores.Add(new PairScore(Path.GetFileName(pair), ours, theirs));
        }
        return new PairTableReport { Pairs = scores, Encoder = measuring.Name, Seconds = run.Finish() };
    }

    private IFeatureEncoder Open(ParseResult options) =>
        EncoderCatalog.Open(options.GetRequiredValue(_encoder), precision: CommonOptions.PrecisionOf(options, _precision));

    private static Argument<string?> Optional(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.ZeroOrOne };
}
