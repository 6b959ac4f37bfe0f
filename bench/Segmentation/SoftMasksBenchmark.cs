using BenchmarkDotNet.Attributes;
using PhotoStyle.Imaging;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Bench.Segmentation;

/// <summary>Softening the masks of four classes at working size, once per photo.</summary>
[MemoryDiagnoser]
public class SoftMasksBenchmark
{
    private const int Classes = 4;

    private readonly FloatImage _photo = new(3, 256, 384);
    private readonly byte[] _classes = new byte[256 * 384];
    private GuidedFilterCoefficients _coefficients = null!;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        foreach (ref float value in _photo.Data.AsSpan())
            value = random.NextSingle();
        for (int i = 0; i < _classes.Length; i++)
            _classes[i] = (byte)(i % _photo.Width * Classes / _photo.Width);
        _coefficients = Fit();
    }

    [Benchmark]
    public GuidedFilterCoefficients Fit() => SoftMasks.Fit(_classes, Classes, _photo);

    [Benchmark]
    public FloatImage Masks() => SoftMasks.Of(_coefficients, _photo);
}
