using System.Globalization;
using PhotoStyle.Features;
using PhotoStyle.Imaging;

namespace PhotoStyle.Bench.Measurements;

/// <summary>One forward and backward pass at 768×512, in turn with one of VGG-19 to conv5_1 in 32-bit floats.</summary>
internal static class EncoderCost
{
    private const int Runs = 5;

    public static void Print(string encoderName)
    {
        FloatImage image = SyntheticPair.Picture(768, 512, 1);
        using IFeatureEncoder vgg = Vgg19Shape.Create(), encoder = EncoderCatalog.Open(encoderName);
        (double own, double other, double ratio) = Timing.Alternating(() => Vgg19Shape.Pass(encoder, image), () => Vgg19Shape.Pass(vgg, image), Runs);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{encoder.Name}: {own:F1} ms; {vgg.Name}: {other:F0} ms; {1 / ratio:F0} times as long"));
    }
}
