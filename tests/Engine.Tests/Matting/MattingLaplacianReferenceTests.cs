using PhotoStyle.Imaging;
using PhotoStyle.Matting;

namespace PhotoStyle.Engine.Tests.Matting;

/// <summary>Against numbers of the paper's authors' reference, where they are at hand.</summary>
/// <remarks>The reference divides bytes by 255 in float64. In float32 that rounding alone changes entries by 2e-6 of the largest where colours are
/// nearly collinear, so bytes are taken as they are: M of s·I with s²ε is M of I with ε.</remarks>
public sealed class MattingLaplacianReferenceTests
{
    private const double BytesPerUnit = 255;

    [Theory]
    [InlineData("in4", "1e-7", 1e-7)]
    [InlineData("in4", "1e-5", 1e-5)]
    [InlineData("in20", "1e-7", 1e-7)]
    [InlineData("in20", "1e-5", 1e-5)]
    [InlineData("in40", "1e-7", 1e-7)]
    [InlineData("in40", "1e-5", 1e-5)]
    public void The_matrix_of_a_crop_has_the_reference_entries(string crop, string epsilonName, double epsilon)
    {
        var table = ReferenceData.Require($"oracle/{crop}_crop16x20_eps{epsilonName}_laplacian.csv");
        var image = ReferenceData.LoadBytes(ReferenceData.Require($"oracle/{crop}_crop16x20.png"));
        var expected = new double[image.PixelCount, image.PixelCount];
        var largest = 0.0;
        foreach (var row in ReferenceData.Rows(table))
        {
            var value = ReferenceData.Number(row[2]);
            expected[FromColumnMajor(row[0]), FromColumnMajor(row[1])] = value;
            largest = Math.Max(largest, Math.Abs(value));
        }

        var worst = 0.0;
        var laplacian = new MattingLaplacian(image, epsilon * BytesPerUnit * BytesPerUnit);
        for (var i = 0; i < image.PixelCount; i++)
        {
            var unit = new FloatImage(1, image.Height, image.Width);
            unit.Data[i] = 1;
            var column = new FloatImage(1, image.Height, image.Width);
            laplacian.EnergyAndProduct(unit, column);
            for (var j = 0; j < image.PixelCount; j++) worst = Math.Max(worst, Math.Abs(column.Data[j] - expected[j, i]));
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"largest error {worst / largest:g2} of the largest entry");
        Assert.InRange(worst / largest, 0, 1e-7);

        int FromColumnMajor(string cell)
        {
            var index = (int)ReferenceData.Number(cell) - 1;
            return index % image.Height * image.Width + index / image.Height;
        }
    }

    [Fact]
    public void Photos_and_their_published_results_have_the_reference_energies()
    {
        var table = ReferenceData.Require("oracle/matting_energy_pairs.csv");
        var worst = 0.0;
        foreach (var row in ReferenceData.Rows(table))
        {
            var content = ReferenceData.LoadBytes(ReferenceData.Require($"pairs/{row[0]}/content.png"));
            var laplacian = new MattingLaplacian(content, 1e-7 * BytesPerUnit * BytesPerUnit);
            foreach (var (name, cell) in (ReadOnlySpan<(string, string)>)[("content", row[3]), ("authors-stage1", row[4]), ("authors-final", row[5])])
            {
                var expected = ReferenceData.Number(cell);
                var picture = name == "content" ? content : ReferenceData.LoadBytes(ReferenceData.Require($"pairs/{row[0]}/{name}.png"));
                var energy = laplacian.Energy(picture) / (BytesPerUnit * BytesPerUnit);
                worst = Math.Max(worst, Math.Abs(energy / expected - 1));
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"largest relative error {worst:g3}");
        // The table has six digits.
        Assert.InRange(worst, 0, 5e-6);
    }
}
