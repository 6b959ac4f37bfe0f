using System.CommandLine;
using PhotoStyle.Cli.Output;
using PhotoStyle.Features;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;
using PhotoStyle.Optimization;
using PhotoStyle.Segmentation;
using PhotoStyle.Transfer;

namespace PhotoStyle.Cli.Commands;

/// <summary><c>photostyle transfer CONTENT STYLE -o OUT</c></summary>
internal sealed class TransferCommand : PhotoCommand
{
    private static readonly TransferOptions Defaults = new();
    private const double CheckpointSeconds = 10;

    private const string PresetHelp =
        "How it is solved: fast, in seconds, by smooth changes of colour; paper, the method of Deep Photo Style Transfer, pixel by pixel in an hour or more; " +
        "gatys and doodle paint: the style's textures come along, over the whole photo or as masks say. All but fast use the encoder vgg19-caffe unless told otherwise.";

    private readonly Argument<string> _content = CommonOptions.File("CONTENT", "The photo to be changed: JPEG, PNG, WebP, TIFF, AVIF or HEIC.");
    private readonly Argument<string> _style = CommonOptions.File("STYLE", "The photo whose look it takes.");
    private readonly Option<string> _output = CommonOptions.Output();
    private readonly Option<string?> _contentMask = CommonOptions.ContentMask();
    private readonly Option<string?> _styleMask = CommonOptions.StyleMask();
    private readonly Option<string?> _segment = SegmentOptions.Mode(Enum.GetValues<SegmentationMode>());
    private readonly Option<string> _network = SegmentOptions.Network();
    private readonly Option<string> _orphans = CommonOptions.Choice(
        "--orphans",
        Defaults.Orphans,
        "What becomes of a class that the style lacks: it takes the look of the class most like it, joins its neighbour, stays as it is, or is an error.");
    private readonly Option<double> _strength = CommonOptions.Strength();
    private readonly Option<string> _preset = new("--preset") { HelpName = "NAME", Description = PresetHelp, DefaultValueFactory = _ => Defaults.Preset };
    private readonly Option<string> _encoder = CommonOptions.Encoder();
    private readonly Option<string> _precision = CommonOptions.Precision();
    private readonly Option<string> _device = CommonOptions.Device();
    private readonly Option<int> _size = CommonOptions.Number<int>(
        "--size",
        Defaults.Size,
        $"{TransferOptions.LeastSize}..{TransferOptions.MostSize}",
        "Long side in pixels at which it is solved; 700 with the presets that go pixel by pixel. The result has the size of the content whatever this is.");
    private readonly Option<int> _iterations = CommonOptions.Number<int>(
        "--iterations", Defaults.Solver.Evaluations, "N", "Most evaluations of the loss: more take longer and come nearer to the style. The presets that go pixel by pixel take 1000, in each of their stages.");
    private readonly PixelPresetOptions _pixels = new();
    private readonly Option<int> _seed = CommonOptions.Number<int>("--seed", Defaults.Seed, "N", "Seed of everything random: the same seed gives the same file.");
    private readonly Option<string?> _saveGrade = CommonOptions.FileOption("--save-grade", "Also write the grade, for 'photostyle apply': what was found, for any size and strength.");
    private readonly Option<string?> _cube = CommonOptions.Cube();
    private readonly Option<string?> _checkpoint = CommonOptions.FileOption(
        "--checkpoint", "Keep the state of the solver here. After an interruption the same command goes on from it; it is deleted when the result is written.");
    private readonly Option<double> _checkpointEvery = CommonOptions.Number<double>(
        "--checkpoint-every", CheckpointSeconds, "SECONDS", "Time between two writings of the state, so the most that a kill can cost; 0 writes it after each iteration.");
    private readonly Option<int> _quality = CommonOptions.Quality();
    private readonly Option<bool> _force = CommonOptions.Force();

    public TransferCommand()
        : base(
            "transfer",
            "Gives a photo the look of another one.",
            "photostyle transfer holiday.jpg sunset.jpg -o result.jpg",
            "photostyle transfer holiday.jpg sunset.jpg -o result.tif --strength 0.7 --save-grade sunset.safetensors --cube sunset.cube",
            "photostyle transfer city.png night.png -o result.png --content-mask city-mask.png --style-mask night-mask.png --orphans keep")
    {
        Add(_content);
        Add(_style);
        Add(_output);
        Add(_contentMask);
        Add(_styleMask);
        Add(_segment);
        Add(_network);
        Add(_orphans);
        Add(_strength);
        Add(_preset);
        Add(_encoder);
        Add(_precision);
        Add(_device);
        Add(_size);
        Add(_iterations);
        Add(_seed);
        Add(_saveGrade);
        Add(_cube);
        Add(_checkpoint);
        Add(_checkpointEvery);
        _pixels.AddTo(this);
        Add(_quality);
        Add(_force);
        AddCommonOptions();
    }

    protected override async Task<Report> ExecuteAsync(ParseResult options, ImageLimits limits, Run run)
    {
        string content = options.GetRequiredValue(_content), style = options.GetRequiredValue(_style), output = options.GetRequiredValue(_output);
        string? contentMask = options.GetValue(_contentMask), styleMask = options.GetValue(_styleMask);
        string? saveGrade = options.GetValue(_saveGrade), cube = options.GetValue(_cube), checkpoint = options.GetValue(_checkpoint);
        double strength = options.GetValue(_strength), checkpointEvery = options.GetValue(_checkpointEvery);
        if (checkpointEvery is not (>= 0 and <= 86_400)) throw new PhotoStyleException(ErrorCode.OptionInvalid, FormattableString.Invariant($"--checkpoint-every is {checkpointEvery}: give seconds from 0 to 86400."));
        if (checkpoint is null && options.GetResult(_checkpointEvery) is { Implicit: false })
            throw new PhotoStyleException(ErrorCode.OptionInvalid, "There is --checkpoint-every without --checkpoint: name the file.");
        TransferOptions preset = TransferOptions.Of(options.GetRequiredValue(_preset));
        TransferOptions transfer = _pixels.Apply(options, preset) with
        {
            Size = CommonOptions.Given(options, _size, preset.Size),
            Seed = options.GetValue(_seed),
            Orphans = Enum.Parse<OrphanPolicy>(options.GetRequiredValue(_orphans), ignoreCase: true),
            Solver = preset.Solver with { Evaluations = CommonOptions.Given(options, _iterations, preset.Solver.Evaluations) },
        };
        transfer = transfer with { Pixels = transfer.Pixels with { Iterations = CommonOptions.Given(options, _iterations, preset.Pixels.Iterations) } };
        transfer.Validate();
        var target = new PhotoTarget(output, strength, options.GetValue(_quality), cube);
        target.Validate();
        InputPair.RequireBothMasks(contentMask, styleMask);
        SegmentationMode mode = TransferOptions.Paints(transfer.Preset) && contentMask is null && options.GetValue(_segment) is null
            ? SegmentationMode.None
            : SegmentOptions.Resolve(options.GetValue(_segment), hasMasks: contentMask is not null);

        var files = new OutputFiles(options.GetValue(_force));
        files.AddInput("CONTENT", content);
        files.AddInput("STYLE", style);
        files.AddInput("--content-mask", contentMask);
        files.AddInput("--style-mask", styleMask);
        target.AddTo(files);
        files.Add("--save-grade", saveGrade);
        files.AddCheckpoint("--checkpoint", checkpoint);
        files.Add("--preview", _pixels.PreviewFile(options));
        run.Checkpoint = checkpoint;

        string encoderName = CommonOptions.Given(options, _encoder, EncoderCatalog.DefaultFor(transfer));
        PixelLayers? layers = null;
        Precision precision = CommonOptions.PrecisionOf(options, _precision);
        ComputeDevice device = CommonOptions.DeviceOf(options, _device);
        run.Begin(Stage.Read, $"{Path.GetFileName(content)} and {Path.GetFileName(style)}");
        using InputPair pair = await InputPair.ReadAsync((content, contentMask), (style, styleMask), limits, run.Reporter.Notice);
        target.TellLosses(pair.Content.Photo, run.Reporter);
        // Not before the photos are read: while libtorch is loaded, which takes half a second, no function of another native library can be found.
        Task<IFeatureEncoder> opening = Task.Run(() => EncoderCatalog.Open(encoderName, available =>
        {
            if (transfer.SolvesPixels) layers = PixelLayers.Choose(available, transfer.Pixels);
            return layers?.All;
        }, precision, TorchRuntime.DeviceOf(device)));

        (TransferInput from, TransferInput to, string? network, IReadOnlyList<string> warnings) = Segment(pair, mode, options.GetRequiredValue(_network), run);
        PreparedPair prepared = PreparedPair.Of(from, to, transfer);
        using IFeatureEncoder encoder = await opening;
        if (layers?.Explain() is { } lacking)
            run.Reporter.Notice(lacking);

        run.Begin(Stage.Solve, $"with encoder {encoder.Name} on {encoder.Device}");
        if (File.Exists(checkpoint))
            run.Reporter.Notice($"Going on from {checkpoint}.");
        SolveProgress? last = null;
        Grade grade = StyleTransfer.Optimise(
            prepared,
            encoder,
            transfer,
            progress => run.Reporter.Solving(last = progress),
            checkpoint is null ? null : new Checkpoint(checkpoint, TimeSpan.FromSeconds(checkpointEvery)),
            _pixels.Preview(options, target.Quality),
            run.Cancellation);
        if (grade is FieldGrade { Field.HasTransforms: false } && transfer.Size < Math.Max(pair.Content.Photo.Width, pair.Content.Photo.Height))
            run.Reporter.Notice(FormattableString.Invariant($"It was painted at a long side of {transfer.Size} pixels and is enlarged to the photo's: --size gives finer strokes and takes longer."));
        // Solving is what takes long: its result is safe before anything else is begun.
        if (saveGrade is not null)
            run.Write(saveGrade, path => GradeFile.Save(grade, path));

        target.Render(grade, pair.Content.Photo, run);
        if (checkpoint is not null)
            File.Delete(checkpoint);
        return new TransferReport
        {
            Output = output,
            Width = pair.Content.Photo.Width,
            Height = pair.Content.Photo.Height,
            Strength = strength,
            Encoder = encoder.Name,
            Device = encoder.Device.ToString(),
            Preset = transfer.Preset,
            Evaluations = last?.Evaluations ?? 0,
            Loss = last?.Loss ?? double.NaN,
            Segmentation = mode,
            Network = network,
            Classes = ClassReport.Of(grade.Info.Outcomes),
            Warnings = warnings,
            Written = run.Written,
            Seconds = run.Finish(),
        };
    }

    private static (TransferInput Content, TransferInput Style, string? Network, IReadOnlyList<string> Warnings) Segment(InputPair pair, SegmentationMode mode, string network, Run run)
    {
        if (mode is SegmentationMode.None or SegmentationMode.Masks)
            return (pair.Content, pair.Style, null, []);
        using PhotoSegmentation segmentation = PhotoSegmentation.Open(mode, network);
        run.Begin(Stage.Segment, segmentation.Detail);
        (PhotoAnalysis content, PhotoAnalysis style) = segmentation.Analyse(pair.Content.Photo, pair.Style.Photo);
        SegmentedPair segmented = Segmenter.Decide(content, style);
        foreach (string warning in segmented.Warnings)
            run.Reporter.Notice(warning);
        return (new TransferInput(pair.Content.Photo, segmented.Content, segmented.Names), new TransferInput(pair.Style.Photo, segmented.Style, segmented.Names), segmentation.Network, segmented.Warnings);
    }
}
