using System.CommandLine;
using PhotoStyle.Cli.Output;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;

namespace PhotoStyle.Cli.Commands;

/// <summary><c>photostyle apply GRADE PHOTO -o OUT</c></summary>
internal sealed class ApplyCommand : PhotoCommand
{
    // Cameras round their sizes; a crop is further away.
    private const double AspectTolerance = 0.01;

    private readonly Argument<string> _grade = CommonOptions.File("GRADE", "A grade that 'photostyle transfer --save-grade' wrote.");
    private readonly Argument<string> _photo = CommonOptions.File("PHOTO", "The photo it was made for, at any size, or another one of the same scene.");
    private readonly Option<string> _output = CommonOptions.Output();
    private readonly Option<double> _strength = CommonOptions.Strength();
    private readonly Option<string?> _cube = CommonOptions.Cube();
    private readonly Option<int> _quality = CommonOptions.Quality();
    private readonly Option<bool> _force = CommonOptions.Force();

    public ApplyCommand()
        : base(
            "apply",
            "Applies a saved grade to a photo, without solving again: takes seconds.",
            "photostyle apply sunset.safetensors holiday.jpg -o half.jpg --strength 0.5",
            "photostyle apply sunset.safetensors holiday-original.tif -o result.tif --cube sunset.cube")
    {
        Add(_grade);
        Add(_photo);
        Add(_output);
        Add(_strength);
        Add(_cube);
        Add(_quality);
        Add(_force);
        AddCommonOptions();
    }

    protected override async Task<Report> ExecuteAsync(ParseResult options, ImageLimits limits, Run run)
    {
        string gradePath = options.GetRequiredValue(_grade), photoPath = options.GetRequiredValue(_photo);
        var target = new PhotoTarget(options.GetRequiredValue(_output), options.GetValue(_strength), options.GetValue(_quality), options.GetValue(_cube));
        target.Validate();
        var files = new OutputFiles(options.GetValue(_force));
        files.AddInput("GRADE", gradePath);
        files.AddInput("PHOTO", photoPath);
        target.AddTo(files);

        run.Begin(Stage.Read, $"{Path.GetFileName(gradePath)} and {Path.GetFileName(photoPath)}");
        Grade grade = GradeFile.Load(gradePath);
        using Photo photo = await Task.Run(() => PhotoReader.Read(photoPath, limits));
        target.TellLosses(photo, run.Reporter);
        double aspect = (double)photo.Width / photo.Height;
        if (Math.Abs(aspect / grade.Info.AspectRatio - 1) > AspectTolerance)
            run.Reporter.Notice($"{Path.GetFileName(photoPath)} has another shape than the photo that the grade was made for: the grade is stretched over it.");

        target.Render(grade, photo, run);
        return new ApplyReport
        {
            Output = target.Output,
            Width = photo.Width,
            Height = photo.Height,
            Strength = target.Strength,
            Encoder = grade.Info.Encoder,
            Written = run.Written,
            Seconds = run.Finish(),
        };
    }
}
