using BenchmarkDotNet.Attributes;
using PhotoStyle.Imaging;
using PhotoStyle.Matting;

namespace PhotoStyle.Bench.Matting;

/// <summary>The product with the matting Laplacian, once per evaluation of the objective, and its set-up, once per photo.</summary>
[MemoryDiagnoser]
public class MattingLaplacianBenchmark
{
    private FloatImage _image = null!;
    private FloatImage _planes = null!;
    private FloatImage _product = null!;
    private MattingLaplacian _laplacian = null!;

    [Params("384x256", "1024x683")]
    public string Size { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        var sides = Size.Split('x').Select(int.Parse).ToArray();
        _image = Noise(sides[1], sides[0], seed: 1);
        _planes = Noise(sides[1], sides[0], seed: 2);
        _product = new FloatImage(3, sides[1], sides[0]);
        _laplacian = new MattingLaplacian(_image);
    }

    [Benchmark]
    public double EnergyAndProduct() => _laplacian.EnergyAndProduct(_planes, _product);

    [Benchmark]
    public double Energy() => _laplacian.Energy(_planes);

    [Benchmark]
    public MattingLaplacian WindowStatistics() => new(_image);

    private static FloatImage Noise(int height, int width, int seed)
    {
        var random = new Random(seed);
        var image = new FloatImage(3, height, width);
        foreach (ref var value in image.Data.AsSpan()) value = random.NextSingle();
        return image;
    }
}
