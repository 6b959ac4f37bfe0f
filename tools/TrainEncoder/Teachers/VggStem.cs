using PhotoStyle.TrainEncoder.Training;
using static TorchSharp.torch;

namespace PhotoStyle.TrainEncoder.Teachers;

/// <summary>The student's first convolution as a choice of VGG-19's.</summary>
internal static class VggStem
{
    private const float Grey = 0.45f;
    private static readonly float[] BlueGreenRed = [103.939f, 116.779f, 123.68f];

    /// <summary>Chooses and converts filters.</summary>
    /// <param name="student">Receives them.</param>
    /// <param name="weights">64×3×3×3 for blue, green, red from 0 to 255 less the mean.</param>
    /// <param name="biases">64.</param>
    /// <param name="moment">64×64: second moments of relu1_1.</param>
    public static void Initialise(Student student, float[] weights, float[] biases, Tensor moment)
    {
        const int taps = 9, channels = 3;
        int width = (int)moment.shape[0];
        double[] flat = moment.data<double>().ToArray();
        var square = new double[width, width];
        Buffer.BlockCopy(flat, 0, square, 0, flat.Length * sizeof(double));
        int count = (int)student.Parameters[0].Value.shape[0];
        int[] chosen = FilterChoice.Best(square, count);

        double scale = Math.Sqrt(chosen.Average(k => square[k, k]));
        var filters = new float[count * channels * taps];
        var offsets = new float[count];
        for (int f = 0; f < count; f++)
        {
            int from = chosen[f] * channels * taps;
            double offset = biases[chosen[f]];
            for (int c = 0; c < channels; c++)
            {
                for (int t = 0; t < taps; t++)
                {
                    // The student sees red first, in units of 1.
                    float weight = weights[from + (channels - 1 - c) * taps + t];
                    filters[(f * channels + c) * taps + t] = (float)(weight * 255 / scale);
                    offset += weight * (Grey * 255 - BlueGreenRed[channels - 1 - c]);
                }
            }
            offsets[f] = (float)(offset / scale);
        }
        student.SetStem(filters, offsets);
    }
}
