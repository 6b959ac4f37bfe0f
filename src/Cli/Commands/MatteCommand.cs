using System.CommandLine;
using System.Diagnostics;
using PhotoStyle.Cli.Output;
using PhotoStyle.Imaging;
using PhotoStyle.Matting;
using PhotoStyle.Optimization;

namespace PhotoStyle.Cli.Commands;

/// <summary><c>photostyle matte PHOTO MASK -o OUT</c></summary>
internal sealed class MatteCommand : PhotoCommand
{
    private const int DefaultSize = 1024, MostSize = 2048, MostBorder = 200;
    private static readonly MattingOptions Defaults = new();

    private readonly Argument<string> _photo = CommonOptions.File("PHOTO", "The photo.");
    private readonly Argument<string> _mask = CommonOptions.File("MASK", "White where the thing is, black elsewhere; its border may be rough. Of the photo's shape.");
    private readonly Option<string> _output = new("--output", "-o")
    {
        Required = true,
        HelpName = "FILE",
        Description = "Where the refined mask goes: .png, .tif, .webp, .jpg or .avif.",
    };

    private readonly Option<int> _border = CommonOptions.Number<int>("--border", Defaults.Border, $"1..{MostBorder}", "Pixels on both sides of the mask's border that are looked at anew.");
    private readonly Option<int> _size = CommonOptions.Number<int>("--size", DefaultSize, $"64..{MostSize}", "Long side in pixels at most, of the work and of the result.");
    private readonly Option<double> _epsilon = CommonOptions.Number<double>("--epsilon", Defaults.Epsilon, "N", "Ridge of the fits, in squared units of [0, 1] colours: larger ones take noise for noise.");
    private readonly Option<string?> _laplacian = CommonOptions.FileOption(
        "--laplacian", "Solve with this matting Laplacian, .npz or .mtx, made elsewhere or by 'photostyle laplacian': a row for each pixel at working size, counted row by row.");
    private readonly Option<int> _quality = CommonOptions.Quality();
    private readonly Option<bool> _force = CommonOptions.Force();

    public MatteCommand()
        : base(
            "matte",
            "Pulls the border of a mask to the edges of the photo, hair and all: closed-form matting (Levin, Lischinski, Weiss 2008).",
            "photostyle matte portrait.jpg rough.png -o matte.png",
            "photostyle matte portrait.jpg rough.png -o matte.png --border 30 --size 1500",
            "photostyle matte portrait.jpg rough.png -o matte.png --size 256 --laplacian portrait.npz")
    {
        Add(_photo);
        Add(_mask);
        Add(_output);
        Add(_border);
        Add(_size);
        Add(_epsilon);
        Add(_laplacian);
        Add(_quality);
        Add(_force);
        AddCommonOptions();
    }

    protected override async Task<Report> ExecuteAsync(ParseResult options, ImageLimits limits, Run run)
    {
        string photoPath = options.GetRequiredValue(_photo), maskPath = options.GetRequiredValue(_mask), output = options.GetRequiredValue(_output);
        (int size, int border, int quality, double epsilon) = (options.GetValue(_size), options.GetValue(_border), options.GetValue(_quality), options.GetValue(_epsilon));
        if (size is < 64 or > MostSize) throw Invalid($"--size is {size}: give a number from 64 to {MostSize}.");
        if (border is < 1 or > MostBorder) throw Invalid($"--border is {border}: give a number from 1 to {MostBorder}.");
        if (quality is < 1 or > 100) throw Invalid($"--quality is {quality}: give a number from 1 to 100.");
        if (!(epsilon > 0 && double.IsFinite(epsilon))) throw Invalid(FormattableString.Invariant($"--epsilon is {epsilon}: give a positive number."));
        string? laplacianPath = options.GetValue(_laplacian);
        if (laplacianPath is not null && options.GetResult(_epsilon) is { Implicit: false }) throw Invalid("There is --epsilon with --laplacian: the ridge is in the matrix already; leave one of them out.");
        var files = new OutputFiles(options.GetValue(_force));
        files.AddInput("PHOTO", photoPath);
        files.AddInput("MASK", maskPath);
        files.AddInput("--laplacian", laplacianPath);
        files.AddPhoto("--output", output);

        run.Begin(Stage.Read, $"{Path.GetFileName(photoPath)} and {Path.GetFileName(maskPath)}");
        using Photo photo = await Task.Run(() => PhotoReader.Read(photoPath, limits));
        using Photo mask = await Task.Run(() => PhotoReader.Read(maskPath, limits));
        FloatImage image = photo.ToFloatImage(size), rough = mask.ToFloatImage(Math.Max(image.Width, image.Height));
        if ((rough.Width, rough.Height) != (image.Width, image.Height))
        {
            throw new PhotoStyleException(
                ErrorCode.MaskSizeMismatch,
                $"{Path.GetFileName(maskPath)} has {mask.Width}×{mask.Height} pixels and {Path.GetFileName(photoPath)} {photo.Width}×{photo.Height}: give a mask of the photo's size or, if it is smaller, a --size no larger than the mask.");
        }
        if (image.Width < photo.Width)
            run.Reporter.Notice(FormattableString.Invariant($"The mask is made at {image.Width}×{image.Height} pixels, smaller than the photo: --size can go up to {MostSize}."));

        SparseMatrix? laplacian = laplacianPath is null ? null : await Task.Run(() => ReadLaplacian(laplacianPath, image));

        run.Begin(Stage.Solve, $"{image.Width}×{image.Height} pixels");
        long began = Stopwatch.GetTimestamp();
        int iterations = 0;
        var matting = new MattingOptions { Border = border, Epsilon = epsilon };
        FloatImage start = Luma.Of(rough), alpha = laplacian is null
            ? ClosedFormMatting.Refine(image, start, matting, Solving, run.Cancellation)
            : ClosedFormMatting.Refine(laplacian, start, matting, Solving, run.Cancellation);

        run.Begin(Stage.Write, Path.GetFileName(output));
        using Photo result = Photo.FromFloatImage(new FloatImage(3, alpha.Height, alpha.Width, [.. alpha.Data, .. alpha.Data, .. alpha.Data]));
        run.Write(output, path => PhotoWriter.Write(result, path, new PhotoWriteOptions { Quality = quality }));
        return new MatteReport { Output = output, Width = alpha.Width, Height = alpha.Height, Iterations = iterations, Seconds = run.Finish() };

        void Solving(int iteration, double residual)
        {
            iterations = iteration;
            run.Reporter.Solving(new SolveProgress(iteration, iteration, matting.MostIterations, residual, [], iteration, Stopwatch.GetElapsedTime(began)));
        }
    }

    private static SparseMatrix ReadLaplacian(string path, FloatImage image)
    {
        SparseMatrix matrix = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".npz" => NpzFile.Load(path),
            ".mtx" => MatrixMarketFile.Load(path),
            _ => throw Invalid($"--laplacian is {path}: give a file whose name ends in .npz or .mtx."),
        };
        if ((matrix.Rows, matrix.Columns) != (image.PixelCount, image.PixelCount))
        {
            throw new PhotoStyleException(
                ErrorCode.MatrixInvalid,
                $"{Path.GetFileName(path)} has {matrix.Rows} rows and {matrix.Columns} columns, and the photo {image.Width}×{image.Height} = {image.PixelCount} pixels at working size: give the --size that the matrix was made with.");
        }
        if (!matrix.IsSymmetric()) throw new PhotoStyleException(ErrorCode.MatrixInvalid, $"{Path.GetFileName(path)} is not symmetric, as a matting Laplacian is: write it again.");
        return matrix;
    }

    private static PhotoStyleException Invalid(string message) => new(ErrorCode.OptionInvalid, message);
}
