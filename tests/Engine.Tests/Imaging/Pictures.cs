using System.Runtime.InteropServices;
using NetVips;
using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Imaging;

/// <summary>Small pictures in memory, made by libvips without the code under test.</summary>
internal static class Pictures
{
    static Pictures() => VipsRuntime.EnsureReady();

    /// <summary>A smooth picture that is different in each channel and corner.</summary>
    public static Image Smooth(int width, int height, int bands, int bitDepth = 8)
    {
        var full = bitDepth == 16 ? 65535.0 : 255.0;
        var values = new ushort[width * height * bands];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var c = 0; c < bands; c++)
                {
                    var value = 0.5 + 0.25 * Math.Sin(x * (c + 2) / 9.0) + 0.24 * Math.Cos(y / (5.0 + c));
                    values[(y * width + x) * bands + c] = (ushort)(value * full);
                }
            }
        }

        return Of(values, width, height, bands, bitDepth);
    }

    public static Image Of(ushort[] values, int width, int height, int bands, int bitDepth = 8)
    {
        using var wide = Image.NewFromMemoryCopy<ushort>(values, width, height, bands, Enums.BandFormat.Ushort);
        using var cast = bitDepth == 16 ? wide.Copy() : wide.Cast(Enums.BandFormat.Uchar);
        return cast.Copy(interpretation: (bands < 3, bitDepth) switch
        {
            (true, 16) => Enums.Interpretation.Grey16,
            (true, _) => Enums.Interpretation.Bw,
            (false, 16) => Enums.Interpretation.Rgb16,
            _ => Enums.Interpretation.Srgb,
        });
    }

    /// <summary>All samples of a photo, row by row.</summary>
    public static ushort[] Samples(Photo photo)
    {
        var samples = new List<ushort>();
        for (var y = 0; y < photo.Height; y++)
        {
            if (photo.BitDepth == 16)
                samples.AddRange(photo.Row16(y));
            else
                samples.AddRange(photo.Row8(y).ToArray().Select(v => (ushort)v));
        }

        return [.. samples];
    }

    public static ushort[] Samples(Image image) => image.Format == Enums.BandFormat.Ushort
        ? image.WriteToMemory<ushort>()
        : [.. MemoryMarshal.ToEnumerable<byte>(image.WriteToMemory<byte>()).Select(v => (ushort)v)];

    public static int LargestDifference(ushort[] a, ushort[] b)
    {
        Assert.Equal(a.Length, b.Length);
        return a.Zip(b, (x, y) => Math.Abs(x - y)).Max();
    }
}
