using TorchSharp;
using static TorchSharp.torch;

namespace PhotoStyle.TrainEncoder.Training;

/// <summary>Gram matrices of single pictures and how far they are from each other.</summary>
internal static class GramDistances
{
    // A squared norm relative to which black pictures do not divide by zero.
    private const double LeastNorm = 1e-12;

    /// <summary>F Fᵀ / (h w) of each picture.</summary>
    /// <param name="features">N×C×h×w.</param>
    /// <returns>N×C×C.</returns>
    public static Tensor Gram(Tensor features)
    {
        Tensor flat = features.flatten(2);
        return flat.bmm(flat.transpose(1, 2)) / (double)flat.shape[2];
    }

    /// <summary>‖G_i − G_j‖ / ‖G_j‖ (Frobenius) for all i and j.</summary>
    /// <param name="grams">N×C×C.</param>
    /// <returns>N×N; the diagonal is nearly 0.</returns>
    public static Tensor Relative(Tensor grams)
    {
        Tensor flat = grams.flatten(1);
        Tensor squares = (flat.unsqueeze(1) - flat.unsqueeze(0)).square().sum(2);
        return ((squares + LeastNorm) / (flat.square().sum(1).unsqueeze(0) + LeastNorm)).sqrt();
    }

    /// <summary>Pearson's correlation of two matrices' entries off the diagonal.</summary>
    public static double Correlation(Tensor first, Tensor second)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor off = eye(first.shape[0], dtype: ScalarType.Bool).logical_not();
        Tensor Centred(Tensor t)
        {
            Tensor values = t.masked_select(off).to(ScalarType.Float64);
            return values - values.mean();
        }
        (Tensor a, Tensor b) = (Centred(first), Centred(second));
        return ((a * b).sum() / (a.square().sum() * b.square().sum()).sqrt()).ToDouble();
    }
}
