using System.CommandLine;
using PhotoStyle.Cli.Output;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Cli.Commands;

/// <summary><c>photostyle segment PHOTO [STYLE]</c></summary>
internal sealed class SegmentCommand : PhotoCommand
{
    private readonly Argument<string> _photo = CommonOptions.File("PHOTO", "The photo whose classes are to be found.");
    private readonly Argument<string?> _style = new("STYLE")
    {
        Description = "The photo whose look it is to take: then both get the same classes.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _output = new("--output", "-o") { HelpName = "FOLDER", Description = "Where the files go, named after the photos.", DefaultValueFactory = _ => "." };
    private readonly Option<string?> _segment = SegmentOptions.Mode(SegmentationMode.Cluster, SegmentationMode.Onnx);
    private readonly Option<string> _network = SegmentOptions.Network();
    private readonly Option<bool> _force = CommonOptions.Force();

    public SegmentCommand()
        : base(
            "segment",
            "Finds the parts of photos that belong together and writes them as masks: to be looked at, painted over, and given to 'photostyle transfer'. " +
            "For each photo: NAME-mask.png in the nine colours and NAME-index.png with the labels 0 to 8 (either can be edited), NAME-overlay.jpg to look at, NAME-legend.json.",
            "photostyle segment holiday.jpg sunset.jpg",
            "photostyle transfer holiday.jpg sunset.jpg -o result.jpg --content-mask holiday-mask.png --style-mask sunset-mask.png",
            "photostyle segment holiday.jpg --segment onnx --network my-network.onnx")
    {
        Add(_photo);
        Add(_style);
        Add(_output);
        Add(_segment);
        Add(_network);
        Add(_force);
        AddCommonOptions();
    }

    protected override async Task<Report> ExecuteAsync(ParseResult options, ImageLimits limits, Run run)
    {
        string photoPath = options.GetRequiredValue(_photo), folder = options.GetRequiredValue(_output);
        string? stylePath = options.GetValue(_style);
        SegmentationMode mode = SegmentOptions.Parse(options.GetValue(_segment)) ?? SegmentationMode.Cluster;
        var files = new OutputFiles(options.GetValue(_force));
        files.AddInput("PHOTO", photoPath);
        files.AddInput("STYLE", stylePath);
        var photoTarget = new SegmentTarget(folder, photoPath);
        SegmentTarget? styleTarget = stylePath is null ? null : new SegmentTarget(folder, stylePath);
        photoTarget.AddTo(files);
        styleTarget?.AddTo(files);

        run.Begin(Stage.Read, stylePath is null ? Path.GetFileName(photoPath) : $"{Path.GetFileName(photoPath)} and {Path.GetFileName(stylePath)}");
        using Photo photo = await Task.Run(() => PhotoReader.Read(photoPath, limits));
        using Photo? style = stylePath is null ? null : await Task.Run(() => PhotoReader.Read(stylePath, limits));

        using PhotoSegmentation segmentation = PhotoSegmentation.Open(mode, options.GetRequiredValue(_network));
        run.Begin(Stage.Segment, segmentation.Detail);
        (PhotoAnalysis photoAnalysis, PhotoAnalysis styleAnalysis) = segmentation.Analyse(photo, style ?? photo);
        run.Cancellation.ThrowIfCancellationRequested();
        SegmentedPair pair = Segmenter.Decide(photoAnalysis, styleAnalysis);
        // Of a photo alone there is no other in which a class could be missing.
        string[] warnings = style is null ? [] : [.. pair.Warnings];
        foreach (string warning in warnings) run.Reporter.Notice(warning);

        LabelMap photoLabels = FullSizeLabels.Of(pair.Content, photoAnalysis.Image, photo, run.Cancellation);
        LabelMap? styleLabels = style is null ? null : FullSizeLabels.Of(pair.Style, styleAnalysis.Image, style, run.Cancellation);
        IReadOnlyList<LegendEntry> classes = LegendEntry.Of(photoLabels, styleLabels, pair.Names);
        run.Begin(Stage.Write, folder);
        photoTarget.Write(photoLabels, photo, new Legend(Path.GetFileName(photoPath), photo.Width, photo.Height, mode, segmentation.Network, classes, warnings), run);
        if (style is not null)
            styleTarget!.Write(styleLabels!, style, new Legend(Path.GetFileName(stylePath!), style.Width, style.Height, mode, segmentation.Network, classes, warnings), run);
        return new SegmentReport { Mode = mode, Network = segmentation.Network, Classes = classes, Warnings = warnings, Written = run.Written, Seconds = run.Finish() };
    }
}
