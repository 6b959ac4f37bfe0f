using PhotoStyle.Imaging;

namespace PhotoStyle.Segmentation.Networks;

/// <summary>Makes probabilities of a network's scores.</summary>
internal static class Softmax
{
    /// <summary>Changes K×h×w scores in place so that they are in [0, 1] and sum to one in each place.</summary>
    /// <param name="scores">Logits, or values that are nearly probabilities.</param>
    /// <param name="areProbabilities">Whether no exponential is to be taken.</param>
    public static void ToProbabilities(FloatImage scores, bool areProbabilities) => Parallel.For(0, scores.Height, y =>
    {
        for (int x = 0; x < scores.Width; x++)
        {
            float largest = float.NegativeInfinity, sum = 0;
            for (int k = 0; k < scores.Channels; k++) largest = Math.Max(largest, Finite(scores.Row(k, y)[x]));
            for (int k = 0; k < scores.Channels; k++)
            {
                ref float score = ref scores.Row(k, y)[x];
                score = areProbabilities ? Math.Max(0, Finite(score)) : MathF.Exp(Finite(score) - largest);
                sum += score;
            }

            for (int k = 0; k < scores.Channels; k++) scores.Row(k, y)[x] = sum > 0 ? scores.Row(k, y)[x] / sum : 1f / scores.Channels;
        }
    });

    // A class that overflowed in the network says nothing; the others may.
    private static float Finite(float score) => float.IsFinite(score) ? score : -1e30f;
}
