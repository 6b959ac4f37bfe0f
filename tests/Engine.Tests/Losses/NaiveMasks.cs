using PhotoStyle.Imaging;

namespace PhotoStyle.Engine.Tests.Losses;

/// <summary>Oracle: planes averaged over squares, in float64.</summary>
internal static class NaiveMasks
{
    /// <summary>For each plane the means of the squares that lie wholly in the image, row by row.</summary>
    public static double[][] Average(FloatImage planes, int stride)
    {
        int height = planes.Height / stride, width = planes.Width / stride;
        var averages = new double[planes.Channels][];
        for (int k = 0; k < planes.Channels; k++)
        {
            averages[k] = new double[height * width];
            for (int p = 0; p < averages[k].Length; p++)
            {
                for (int i = 0; i < stride * stride; i++)
                    averages[k][p] += planes.Row(k, p / width * stride + i / stride)[p % width * stride + i % stride] / (double)(stride * stride);
            }
        }
        return averages;
    }
}
