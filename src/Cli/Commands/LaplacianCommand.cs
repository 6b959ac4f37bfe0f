using System.CommandLine;
using PhotoStyle.Cli.Output;
using PhotoStyle.Imaging;
using PhotoStyle.Matting;

namespace PhotoStyle.Cli.Commands;

/// <summary><c>photostyle laplacian PHOTO -o OUT</c></summary>
internal sealed class LaplacianCommand : PhotoCommand
{
    private const int DefaultSize = 256, MostSize = 2048, MostRadius = 16;

    private readonly Argument<string> _photo = CommonOptions.File("PHOTO", "The photo.");
    private readonly Option<string> _output = new("--output", "-o")
    {
        Required = true,
        HelpName = "FILE",
        Description = "Where the matrix goes: .npz, as scipy.sparse.load_npz reads it, or .mtx, Matrix Market's coordinate format.",
    };

    private readonly Option<int> _size = CommonOptions.Number<int>("--size", DefaultSize, $"8..{MostSize}", "Long side in pixels to which the photo is reduced first. The matrix has a row for each pixel.");
    private readonly Option<int> _radius = CommonOptions.Number<int>("--radius", 1, $"1..{MostRadius}", "Radius of the windows: 1 for 3×3 pixels. Entries a row: (4·radius + 1)².");
    private readonly Option<double> _epsilon = CommonOptions.Number<double>("--epsilon", 1e-7, "N", "Ridge of the fits, in squared units of [0, 1] colours.");
    private readonly Option<bool> _force = CommonOptions.Force();

    public LaplacianCommand()
        : base(
            "laplacian",
            "Writes the matting Laplacian of a photo (Levin, Lischinski, Weiss 2008) as a sparse matrix, for other programs. Pixels are counted row by row.",
            "photostyle laplacian holiday.jpg -o holiday.npz --size 384",
            "photostyle laplacian holiday.jpg -o holiday.mtx --radius 2 --epsilon 1e-5")
    {
        Add(_photo);
        Add(_output);
        Add(_size);
        Add(_radius);
        Add(_epsilon);
        Add(_force);
        AddCommonOptions();
    }

    protected override async Task<Report> ExecuteAsync(ParseResult options, ImageLimits limits, Run run)
    {
        string photoPath = options.GetRequiredValue(_photo), output = options.GetRequiredValue(_output);
        (int size, int radius, double epsilon) = (options.GetValue(_size), options.GetValue(_radius), options.GetValue(_epsilon));
        if (size is < 8 or > MostSize) throw Invalid($"--size is {size}: give a number from 8 to {MostSize}.");
        if (radius is < 1 or > MostRadius) throw Invalid($"--radius is {radius}: give a number from 1 to {MostRadius}.");
        if (!(epsilon > 0 && double.IsFinite(epsilon))) throw Invalid(FormattableString.Invariant($"--epsilon is {epsilon}: give a positive number."));
        bool npz = Path.GetExtension(output).ToLowerInvariant() switch
        {
            ".npz" => true,
            ".mtx" => false,
            _ => throw Invalid($"--output is {output}: end the name in .npz or .mtx."),
        };
        var files = new OutputFiles(options.GetValue(_force));
        files.AddInput("PHOTO", photoPath);
        files.Add("--output", output);

        run.Begin(Stage.Read, Path.GetFileName(photoPath));
        using Photo photo = await Task.Run(() => PhotoReader.Read(photoPath, limits));
        FloatImage image = photo.ToFloatImage(size);
        run.Begin(Stage.Solve, FormattableString.Invariant($"{image.Width}×{image.Height} pixels in windows of {2 * radius + 1}×{2 * radius + 1}"));
        SparseMatrix matrix = new MattingLaplacian(image, epsilon, radius).ToSparse();
        run.Begin(Stage.Write, Path.GetFileName(output));
        run.Write(output, path =>
        {
            if (npz) NpzFile.Save(matrix, path);
            else MatrixMarketFile.Save(matrix, path);
        });
        return new LaplacianReport { Output = output, Width = image.Width, Height = image.Height, Entries = matrix.Values.Length, Seconds = run.Finish() };
    }

    private static PhotoStyleException Invalid(string message) => new(ErrorCode.OptionInvalid, message);
}
