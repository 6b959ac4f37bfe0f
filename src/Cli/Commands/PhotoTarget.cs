using PhotoStyle.Cli.Output;
using PhotoStyle.Grading;
using PhotoStyle.Imaging;

namespace PhotoStyle.Cli.Commands;

/// <summary>What is made of a grade: a photo and, if wanted, a look-up table.</summary>
internal sealed record PhotoTarget(string Output, double Strength, int Quality, string? Cube)
{
    /// <exception cref="PhotoStyleException"><see cref="ErrorCode.OptionInvalid"/>.</exception>
    public void Validate()
    {
        if (Strength is not (>= 0 and <= Grade.MaxStrength))
            throw new PhotoStyleException(ErrorCode.OptionInvalid, FormattableString.Invariant($"--strength is {Strength}: give a number from 0 to {Grade.MaxStrength}."));
        if (Quality is < 1 or > 100)
            throw new PhotoStyleException(ErrorCode.OptionInvalid, $"--quality is {Quality}: give a number from 1 to 100.");
    }

    public void AddTo(OutputFiles files)
    {
        files.AddPhoto("--output", Output);
        files.AddCube("--cube", Cube);
    }

    /// <summary>Says what of the photo the format can not hold.</summary>
    public void TellLosses(Photo photo, Reporter reporter)
    {
        PhotoFormat format = PhotoWriter.FormatOf(Output);
        if (photo.HasAlpha && format == PhotoFormat.Jpeg)
            reporter.Notice("JPEG has no transparency: the photo is put on white. Write PNG, WebP, TIFF or AVIF to keep it.");
        if (photo.BitDepth == 16 && format is PhotoFormat.Jpeg or PhotoFormat.WebP)
            reporter.Notice($"{Path.GetFileName(Output)} holds 8 bit where the photo has 16. Write PNG or TIFF to keep them.");
    }

    /// <summary>Grades the photo at its full size and writes the files.</summary>
    public void Render(Grade grade, Photo photo, Run run)
    {
        run.Begin(Stage.Render, $"{photo.Width}×{photo.Height} pixels");
        int rows = 0;
        using Photo result = GradeRenderer.Render(
            grade, photo, Strength, done => run.Reporter.Rendering(Interlocked.Add(ref rows, done), photo.Height), run.Cancellation);

        run.Begin(Stage.Write, Path.GetFileName(Output));
        if (Cube is not null)
            run.Write(Cube, path => CubeLut.Save(grade, path, Strength, Path.GetFileNameWithoutExtension(path)));
        run.Write(Output, path => PhotoWriter.Write(result, path, new PhotoWriteOptions { Quality = Quality }));
    }
}
