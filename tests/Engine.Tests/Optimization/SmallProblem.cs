using PhotoStyle.Engine.Tests.Grading;
using PhotoStyle.Features;
using PhotoStyle.Imaging;
using PhotoStyle.Matting;
using PhotoStyle.Optimization;
using PhotoStyle.Segmentation;
using Padding = PhotoStyle.Features.Padding;

namespace PhotoStyle.Engine.Tests.Optimization;

/// <summary>An objective over affine grids with every term in it, for two classes.</summary>
internal sealed class SmallProblem : IDisposable
{
    private const int Height = 24, Width = 32;

    private readonly ConvolutionalEncoder _encoder = new("small", OrthogonalWeights.Create([[6], [8]], seed: 1), Padding.Zero);

    public SmallProblem(bool isSecondStyled = true)
    {
        FloatImage content = Grades.Scene(Height, Width), style = RandomImage.Uniform(3, 20, 28, seed: 1, low: 0.1f, high: 0.6f);
        (_, FloatImage masks) = Grades.Classes(content, 2, seed: 2);
        FloatImage styleMasks = SoftMasks.OneHot(RandomImage.Stripes(20, 28, 2, seed: 3), 20, 28, 2);
        Options = new SolverOptions { ContentWeight = 0.7, StyleWeight = 2, Grid = Grades.Shape };
        var laplacian = new MattingLaplacian(content, Options.Epsilon);
        Objective = new AffineGridObjective(new ClassedImage(content, masks), new ClassedImage(style, styleMasks), [true, isSecondStyled], laplacian, _encoder, Options);
    }

    public SolverOptions Options { get; }

    public AffineGridObjective Objective { get; }

    /// <summary>Grids that take some colours beyond what a picture can hold.</summary>
    public static double[] Point(int seed) =>
        [.. Grades.RandomGrids(2, Grades.Shape, seed, deviation: 0.3f).Values.Select((value, i) => i % 4 == 3 ? value + 0.1 : value)];

    public void Dispose()
    {
        Objective.Dispose();
        _encoder.Dispose();
    }
}
