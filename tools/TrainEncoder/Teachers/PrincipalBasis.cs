using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PhotoStyle.TrainEncoder.Teachers;

/// <summary>
/// The directions in which a teacher's features have most energy, about zero and not about the mean, as Gram matrices see them. Distances of Gram matrices
/// are nearly the same in these few coordinates as in all.
/// </summary>
internal sealed class PrincipalBasis : IDisposable
{
    private readonly Tensor _projection;

    private PrincipalBasis(Tensor projection, double energy) => (_projection, Energy) = (projection, energy);

    /// <summary>Share of the features' energy that lies in the basis.</summary>
    public double Energy { get; }

    /// <summary>Finds the basis.</summary>
    /// <param name="moment">C×C, float64: the sum of f fᵀ over many pixels, divided by their number.</param>
    /// <param name="count">Directions to keep.</param>
    /// <returns>The basis, scaled so that coordinates have a mean square of 1 over all directions.</returns>
    public static PrincipalBasis Of(Tensor moment, int count)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor values, Tensor vectors) = linalg.eigh(moment);
        long width = moment.shape[0];
        Tensor kept = values.slice(0, width - count, width, 1), basis = vectors.slice(1, width - count, width, 1).flip(1);
        double sum = kept.sum().ToDouble();
        Tensor projection = (basis.t() / Math.Sqrt(sum / count)).to(ScalarType.Float32).reshape(count, width, 1, 1).contiguous();
        return new PrincipalBasis(projection.DetachFromDisposeScope(), sum / values.sum().ToDouble());
    }

    /// <summary>The coordinates of features.</summary>
    /// <param name="features">N×C×h×w.</param>
    /// <returns>N×count×h×w.</returns>
    public Tensor Project(Tensor features) => F.conv2d(features, _projection);

    /// <inheritdoc/>
    public void Dispose() => _projection.Dispose();
}
