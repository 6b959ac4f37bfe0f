using System.Globalization;
using NetVips;
using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests;

/// <summary>Finds reference numbers and photos that may not be part of the repository.</summary>
internal static class ReferenceData
{
    /// <summary>The path of a file below <c>shared/data</c> of an enclosing folder, or below PHOTOSTYLE_TEST_DATA. Skips the test where absent.</summary>
    public static string Require(string relativePath)
    {
        var path = Folders().Select(folder => Path.Combine(folder, relativePath)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, $"{relativePath} is not on this machine: set PHOTOSTYLE_TEST_DATA to the folder that holds it.");
        return path!;
    }

    /// <summary>The colours of an 8-bit picture, 3×H×W, in [0, 255].</summary>
    public static FloatImage LoadBytes(string path)
    {
        using var picture = Image.NewFromFile(path);
        using var colours = picture.Bands > 3 ? picture.ExtractBand(0, n: 3) : picture.Copy();
        Assert.Equal(Enums.BandFormat.Uchar, colours.Format);
        Assert.Equal(3, colours.Bands);
        var bytes = colours.WriteToMemory<byte>();
        var image = new FloatImage(3, colours.Height, colours.Width);
        for (var i = 0; i < bytes.Length; i++) image.Plane(i % 3)[i / 3] = bytes[i];
        return image;
    }

    /// <summary>The rows of a table of numbers, without its header if it has one.</summary>
    public static IEnumerable<string[]> Rows(string path) =>
        File.ReadLines(path).Select(line => line.Split(',')).Where(row => double.TryParse(row[0], CultureInfo.InvariantCulture, out _));

    public static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable("PHOTOSTYLE_TEST_DATA") is { } configured) yield return configured;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, "shared", "data");
    }
}
