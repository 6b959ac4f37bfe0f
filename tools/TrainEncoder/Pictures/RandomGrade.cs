using PhotoStyle.Imaging;

namespace PhotoStyle.TrainEncoder.Pictures;

/// <summary>Changes a picture's colours as a grade does on its way from day to night: exposure, contrast, tint, saturation, grain. Values may leave [0, 1] a little, as a grade's do.</summary>
internal static class RandomGrade
{
    private const float Overshoot = 0.1f;

    public static FloatImage Apply(FloatImage image, Random random)
    {
        double Between(double least, double most) => least + (most - least) * random.NextDouble();
        double exposure = Math.Pow(2, Between(-2.5, 0.6)), gamma = Math.Pow(2, Between(-0.6, 0.6)), saturation = Between(0, 1.7);
        double[] tint = [.. Enumerable.Range(0, 3).Select(_ => Math.Pow(2, Between(-0.6, 0.6)))];
        double[] lift = [.. Enumerable.Range(0, 3).Select(_ => Between(-0.08, 0.15))];
        float grain = random.Next(3) == 0 ? 0.05f * random.NextSingle() : 0;
        var graded = new FloatImage(3, image.Height, image.Width);
        Span<double> colour = stackalloc double[3];
        for (int i = 0; i < image.PixelCount; i++)
        {
            for (int c = 0; c < 3; c++) colour[c] = Math.Pow(Math.Max(0, image.Data[c * image.PixelCount + i]), gamma) * exposure;
            double grey = (colour[0] + colour[1] + colour[2]) / 3;
            for (int c = 0; c < 3; c++)
            {
                double value = (grey + saturation * (colour[c] - grey)) * tint[c] + lift[c] + grain * (random.NextSingle() - 0.5);
                graded.Data[c * image.PixelCount + i] = (float)Math.Clamp(value, -Overshoot, 1 + Overshoot);
            }
        }
        return graded;
    }
}
